<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>Report</name>
    <message>
        <source>Quantization report</source>
        <translation>양자화 보고서</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>%2쪽 중 %1쪽</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>The first %1 of %2 rows.</source>
        <translation>전체 %2개 행 중 처음 %1개입니다.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Levels requested</source>
        <translation>요청한 레벨 수</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>그룹화</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>Groups set by hand</source>
        <translation>직접 지정한 그룹</translation>
    </message>
    <message>
        <source>Non-finite values</source>
        <translation>유한하지 않은 값</translation>
    </message>
    <message>
        <source>Levels that occur</source>
        <translation>실제로 쓰인 레벨 수</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>Largest error</source>
        <translation>최대 오차</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>평균 절대 오차</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>코사인 유사도</translation>
    </message>
    <message>
        <source>Code entropy</source>
        <translation>코드 엔트로피</translation>
    </message>
    <message>
        <source>Bits per value</source>
        <translation>값당 비트</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>압축률</translation>
    </message>
    <message>
        <source>Clipped</source>
        <translation>클리핑</translation>
    </message>
    <message>
        <source>Values measured</source>
        <translation>측정한 값</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>텐서</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>형상</translation>
    </message>
    <message>
        <source>Number type</source>
        <translation>숫자 형식</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>작성 프로그램</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>Levels of the first group</source>
        <translation>첫 번째 그룹의 레벨</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>하한</translation>
    </message>
    <message>
        <source>Upper</source>
        <translation>상한</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>Share, %</source>
        <translation>비율, %</translation>
    </message>
    <message>
        <source>Bin MSE</source>
        <translation>구간 MSE</translation>
    </message>
    <message>
        <source>Bits/value</source>
        <translation>비트/값</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>Max error</source>
        <translation>최대 오차</translation>
    </message>
    <message>
        <source>Entropy, bit</source>
        <translation>엔트로피, 비트</translation>
    </message>
    <message>
        <source>To bound, dB</source>
        <translation>한계까지, dB</translation>
    </message>
    <message>
        <source>PSNR, dB</source>
        <translation>PSNR, dB</translation>
    </message>
    <message>
        <source>MAE</source>
        <translation>MAE</translation>
    </message>
    <message>
        <source>Fit, ms</source>
        <translation>적합, ms</translation>
    </message>
    <message>
        <source>Encode, GB/s</source>
        <translation>인코딩, GB/s</translation>
    </message>
    <message>
        <source>Decode, GB/s</source>
        <translation>디코딩, GB/s</translation>
    </message>
    <message>
        <source>Product, µs</source>
        <translation>곱, µs</translation>
    </message>
    <message>
        <source>In float32, µs</source>
        <translation>float32로, µs</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>정확</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>전체 텐서</translation>
    </message>
    <message>
        <source>minmax</source>
        <translation>최소–최대</translation>
    </message>
    <message>
        <source>channel:%1</source>
        <translation>채널 %1</translation>
    </message>
    <message>
        <source>block:%1</source>
        <translation>블록 %1</translation>
    </message>
    <message>
        <source>percentile:%1</source>
        <translation>백분위 %1</translation>
    </message>
    <message>
        <source>sigma:%1</source>
        <translation>시그마 %1</translation>
    </message>
    <message>
        <source>%1 (all)</source>
        <translation>%1 (전체)</translation>
    </message>
    <message>
        <source>%1 (a sample)</source>
        <translation>%1 (표본)</translation>
    </message>
    <message>
        <source>%1 at x = %2</source>
        <translation>%1 (x = %2)</translation>
    </message>
    <message>
        <source>%1 below, %2 above</source>
        <translation>아래 %1, 위 %2</translation>
    </message>
    <message>
        <source>%1 (kept as they were)</source>
        <translation>%1 (그대로 유지)</translation>
    </message>
    <message>
        <source>%1 (infinities clamped, NaN kept as it was)</source>
        <translation>%1 (무한대는 범위로 제한, NaN은 그대로 유지)</translation>
    </message>
    <message>
        <source>%1 bit</source>
        <translation>%1비트</translation>
    </message>
    <message>
        <source>Coded bits/value</source>
        <translation>부호화 비트/값</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>활성 함수</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>매개변수</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>시험 비율</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>정규화</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>활성값</translation>
    </message>
    <message>
        <source>Bias correction</source>
        <translation>편향 보정</translation>
    </message>
    <message>
        <source>Weight bits</source>
        <translation>가중치 비트</translation>
    </message>
    <message>
        <source>Activation bits</source>
        <translation>활성값 비트</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>에너지</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Layer sensitivity</source>
        <translation>층 민감도</translation>
    </message>
    <message>
        <source>Accuracy and bits</source>
        <translation>정확도와 비트</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>McNemar p</source>
        <translation>맥니마 p</translation>
    </message>
    <message>
        <source>Energy from</source>
        <translation>에너지 근거</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>모의</translation>
    </message>
    <message>
        <source>Implementation</source>
        <translation>구현</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>참고</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>학습 손실</translation>
    </message>
    <message>
        <source>Test loss</source>
        <translation>시험 손실</translation>
    </message>
    <message>
        <source>symmetric</source>
        <translation>대칭</translation>
    </message>
    <message>
        <source>asymmetric</source>
        <translation>비대칭</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>추정</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>최적화기</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Samples a step</source>
        <translation>한 걸음의 표본 수</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>가중치 감쇠</translation>
    </message>
    <message>
        <source>Calibration samples</source>
        <translation>보정 표본</translation>
    </message>
    <message>
        <source>Weight scheme</source>
        <translation>가중치 방식</translation>
    </message>
    <message>
        <source>Weights by</source>
        <translation>가중치 단위</translation>
    </message>
    <message>
        <source>QAT epochs</source>
        <translation>QAT 에폭</translation>
    </message>
    <message>
        <source>QAT steps</source>
        <translation>QAT 단계 크기</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>Training samples</source>
        <translation>학습 표본</translation>
    </message>
    <message>
        <source>Test samples</source>
        <translation>시험 표본</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>명령어</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>정확도, %</translation>
    </message>
    <message>
        <source>Accuracy lost, %</source>
        <translation>정확도 손실, %</translation>
    </message>
    <message>
        <source>Against FP32, %</source>
        <translation>FP32와의 차이, %</translation>
    </message>
    <message>
        <source>From, %</source>
        <translation>하한, %</translation>
    </message>
    <message>
        <source>To, %</source>
        <translation>상한, %</translation>
    </message>
    <message>
        <source>Size, bytes</source>
        <translation>크기, 바이트</translation>
    </message>
    <message>
        <source>Energy, µJ</source>
        <translation>에너지, µJ</translation>
    </message>
    <message>
        <source>Training accuracy, %</source>
        <translation>학습 정확도, %</translation>
    </message>
    <message>
        <source>Test accuracy, %</source>
        <translation>시험 정확도, %</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>학습됨</translation>
    </message>
    <message>
        <source>straight-through</source>
        <translation>직통 추정</translation>
    </message>
    <message>
        <source>Batch %1, µs/sample</source>
        <translation>배치 %1, µs/표본</translation>
    </message>
</context>
<context>
    <name>RunLabel</name>
    <message>
        <source>channel %1</source>
        <translation>채널 %1</translation>
    </message>
    <message>
        <source>block %1</source>
        <translation>블록 %1</translation>
    </message>
    <message>
        <source>Channel, axis %1</source>
        <translation>채널, 축 %1</translation>
    </message>
    <message>
        <source>Block of %1</source>
        <translation>%1개 단위 블록</translation>
    </message>
    <message>
        <source>Whole tensor</source>
        <translation>전체 텐서</translation>
    </message>
    <message>
        <source>%1 by hand</source>
        <translation>직접 지정 %1개</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>Network weights</source>
        <translation>신경망 가중치</translation>
    </message>
    <message>
        <source>Three layers of a digit classifier, 50,826 values.</source>
        <translation>숫자 분류기의 세 층, 값 50,826개.</translation>
    </message>
    <message>
        <source>Exam scores</source>
        <translation>시험 점수</translation>
    </message>
    <message>
        <source>60 scores from 0 to 100 in three clusters.</source>
        <translation>세 무리를 이루는 0~100점의 점수 60개.</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>512 × 512 grey values of a staircase.</source>
        <translation>계단 사진의 회색조 값 512 × 512개.</translation>
    </message>
    <message>
        <source>Electrocardiogram</source>
        <translation>심전도</translation>
    </message>
    <message>
        <source>36,000 samples at 360 Hz in millivolts.</source>
        <translation>360 Hz로 측정한 샘플 36,000개, 단위 mV.</translation>
    </message>
    <message>
        <source>Wines</source>
        <translation>와인</translation>
    </message>
    <message>
        <source>13 measurements of 178 wines, by column.</source>
        <translation>와인 178종의 측정값 13가지, 열별.</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>1,797 handwritten digits of 8 × 8 pixels.</source>
        <translation>8 × 8픽셀 손글씨 숫자 1,797개.</translation>
    </message>
    <message>
        <source>Colour photograph</source>
        <translation>컬러 사진</translation>
    </message>
    <message>
        <source>512 × 384 pixels of a raccoon in red, green and blue.</source>
        <translation>너구리 사진의 빨강·초록·파랑 픽셀 512 × 384개.</translation>
    </message>
    <message>
        <source>Generated values</source>
        <translation>생성한 값</translation>
    </message>
    <message>
        <source>Normal, Laplace, bimodal or with outliers; any number.</source>
        <translation>정규, 라플라스, 쌍봉, 이상값 포함. 개수는 자유.</translation>
    </message>
</context>
<context>
    <name>CoarseText</name>
    <message>
        <source>from %1 groups of values, MSE ± %2 · n = %3</source>
        <translation>값 그룹 %1개에서 얻음, MSE ± %2 · n = %3</translation>
    </message>
    <message>
        <source>levels from %1 groups of values, exact errors · n = %2</source>
        <translation>레벨은 값 그룹 %1개에서, 오차는 정확 · n = %2</translation>
    </message>
    <message>
        <source>The tensor is larger than the memory budget: levels come from %1 groups of neighbouring values, %2 from their means (root mean square).</source>
        <translation>텐서가 메모리 한도보다 큽니다. 레벨은 이웃한 값의 그룹 %1개에서 얻었고, 값은 그룹 평균에서 %2 떨어져 있습니다(제곱평균제곱근).</translation>
    </message>
    <message>
        <source>Figures are of the groups: the MSE is within ± %1.</source>
        <translation>수치는 그룹에서 계산했으며 MSE의 오차는 ± %1 이내입니다.</translation>
    </message>
    <message>
        <source>Every value was measured.</source>
        <translation>모든 값을 측정했습니다.</translation>
    </message>
</context>
<context>
    <name>TensorText</name>
    <message>
        <source>one value</source>
        <translation>값 1개</translation>
    </message>
    <message>
        <source>pixel value</source>
        <translation>픽셀 값</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>This tensor is larger than the memory budget (%1), and this view needs all of its values at once. Distribution, transfer curve, levels, comparison and trade-off work; the budget is among the preferences.</source>
        <translation>이 텐서는 메모리 한도(%1)보다 커서, 모든 값이 한꺼번에 필요한 이 보기에는 나타낼 수 없습니다. 분포, 전달 곡선, 레벨, 비교, 절충 보기는 쓸 수 있으며, 한도는 환경 설정에서 바꿀 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Affine</source>
        <translation>아핀</translation>
    </message>
    <message>
        <source>range from data</source>
        <translation>데이터 범위</translation>
    </message>
    <message>
        <source>Affine symmetric</source>
        <translation>아핀 대칭</translation>
    </message>
    <message>
        <source>Affine asymmetric</source>
        <translation>아핀 비대칭</translation>
    </message>
    <message>
        <source>Integers with a scale, and a zero point where the range is asymmetric: an exact zero and evenly spaced levels, as in int8 arithmetic.</source>
        <translation>스케일을 곱한 정수이며, 범위가 비대칭이면 영점을 더합니다. int8 연산처럼 0이 정확히 표현되고 레벨 간격이 고릅니다.</translation>
    </message>
    <message>
        <source>Range of integers</source>
        <translation>정수 범위</translation>
    </message>
    <message>
        <source>Symmetric about zero, with or without the lowest integer, or from the least to the largest value.</source>
        <translation>0을 중심으로 대칭(최소 정수 포함 또는 제외)이거나, 최솟값부터 최댓값까지입니다.</translation>
    </message>
    <message>
        <source>Symmetric, restricted</source>
        <translation>대칭, 제한</translation>
    </message>
    <message>
        <source>Symmetric, full</source>
        <translation>대칭, 전체</translation>
    </message>
    <message>
        <source>Asymmetric</source>
        <translation>비대칭</translation>
    </message>
    <message>
        <source>Integers</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>Whether codes are signed; the values they stand for are the same. By default symmetric codes are.</source>
        <translation>코드에 부호를 둘지 정합니다. 나타내는 값은 같습니다. 기본적으로 대칭일 때 부호를 둡니다.</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>부호 있음</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>부호 없음</translation>
    </message>
    <message>
        <source>Sums of powers</source>
        <translation>거듭제곱의 합</translation>
    </message>
    <message>
        <source>APoT</source>
        <translation>APoT</translation>
    </message>
    <message>
        <source>Zero and sums of a few powers of two, of both signs: fine near zero without leaving gaps far from it.</source>
        <translation>0과 2의 거듭제곱 몇 개의 합(양수와 음수)입니다. 0 근처는 촘촘하고 먼 곳에도 빈틈이 없습니다.</translation>
    </message>
    <message>
        <source>Equal-width</source>
        <translation>등간격</translation>
    </message>
    <message>
        <source>equal intervals</source>
        <translation>같은 폭</translation>
    </message>
    <message>
        <source>The range in intervals of equal width; each stands for its midpoint, or the mean of its values.</source>
        <translation>범위를 같은 폭의 구간으로 나눕니다. 각 구간은 중점이나 값의 평균으로 나타냅니다.</translation>
    </message>
    <message>
        <source>Fixed edges</source>
        <translation>고정 경계</translation>
    </message>
    <message>
        <source>your boundaries</source>
        <translation>직접 지정</translation>
    </message>
    <message>
        <source>Intervals between your own edges, such as 0, 25, 50, 75, 100; values outside go to the end intervals and count as clipped.</source>
        <translation>0, 25, 50, 75, 100처럼 직접 정한 경계 사이의 구간입니다. 범위를 벗어난 값은 끝 구간에 들어가고 클리핑으로 셉니다.</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>경계</translation>
    </message>
    <message>
        <source>Ascending edges of the intervals, which decide how many levels there are; without any, equal intervals between round numbers about the data.</source>
        <translation>오름차순의 구간 경계이며, 레벨 수를 결정합니다. 비워 두면 데이터 주위의 어림수 사이를 같은 구간으로 나눕니다.</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>부동소수점</translation>
    </message>
    <message>
        <source>E2M1 to fp16</source>
        <translation>E2M1~fp16</translation>
    </message>
    <message>
        <source>Floating-point numbers of 4, 6, 8 or 16 bits: nearest, ties to even, and no further than the largest.</source>
        <translation>4, 6, 8, 16비트 부동소수점 수입니다. 가장 가까운 값으로, 중간이면 짝수로 반올림하고 최댓값을 넘지 않습니다.</translation>
    </message>
    <message>
        <source>Bits of exponent and mantissa; by default e2m1, e2m3, e4m3fn or fp16 by the number of bits.</source>
        <translation>지수와 가수의 비트 수입니다. 기본값은 비트 수에 따라 e2m1, e2m3, e4m3fn, fp16 중 하나입니다.</translation>
    </message>
    <message>
        <source>By bits</source>
        <translation>비트 수에 따름</translation>
    </message>
    <message>
        <source>E2M1 (4 bits)</source>
        <translation>E2M1 (4비트)</translation>
    </message>
    <message>
        <source>E2M3 (6 bits)</source>
        <translation>E2M3 (6비트)</translation>
    </message>
    <message>
        <source>E3M2 (6 bits)</source>
        <translation>E3M2 (6비트)</translation>
    </message>
    <message>
        <source>E4M3 (8 bits)</source>
        <translation>E4M3 (8비트)</translation>
    </message>
    <message>
        <source>E5M2 (8 bits)</source>
        <translation>E5M2 (8비트)</translation>
    </message>
    <message>
        <source>fp16 (16 bits)</source>
        <translation>fp16 (16비트)</translation>
    </message>
    <message>
        <source>bf16 (16 bits)</source>
        <translation>bf16 (16비트)</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>스케일</translation>
    </message>
    <message>
        <source>Whether the end of the range is scaled to the format&apos;s largest number.</source>
        <translation>범위의 끝을 형식의 최댓값에 맞출지 정합니다.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>To the range</source>
        <translation>범위에 맞춤</translation>
    </message>
    <message>
        <source>k-means</source>
        <translation>k-평균</translation>
    </message>
    <message>
        <source>global optimum</source>
        <translation>전역 최적</translation>
    </message>
    <message>
        <source>The levels with the least Σ(x − Q(x))²: the global optimum in one dimension.</source>
        <translation>Σ(x − Q(x))²이 가장 작은 레벨: 1차원에서의 전역 최적해입니다.</translation>
    </message>
    <message>
        <source>Lloyd–Max</source>
        <translation>로이드–맥스</translation>
    </message>
    <message>
        <source>iterated</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>Levels moved to the means of their nearest values until none moves: a local optimum.</source>
        <translation>더 움직이지 않을 때까지 각 레벨을 가장 가까운 값들의 평균으로 옮깁니다: 국소 최적해입니다.</translation>
    </message>
    <message>
        <source>Where the levels are before the first iteration.</source>
        <translation>첫 반복 전의 레벨 위치입니다.</translation>
    </message>
    <message>
        <source>k-means++</source>
        <translation>k-평균++</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>균등</translation>
    </message>
    <message>
        <source>Quantiles</source>
        <translation>분위수</translation>
    </message>
    <message>
        <source>Decides what k-means++ draws; the same seed gives the same levels.</source>
        <translation>k-평균++의 난수를 정합니다. 시드가 같으면 레벨도 같습니다.</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>반복 횟수</translation>
    </message>
    <message>
        <source>The most iterations of one start.</source>
        <translation>한 번의 시작에서 최대 반복 횟수입니다.</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>시작 횟수</translation>
    </message>
    <message>
        <source>How many k-means++ starts are tried; the best is kept.</source>
        <translation>k-평균++로 시작해 보는 횟수입니다. 가장 좋은 결과를 남깁니다.</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>허용 오차</translation>
    </message>
    <message>
        <source>Stop when the squared movements of all levels sum to no more than this share of the variance; 0 goes on until nothing moves.</source>
        <translation>모든 레벨의 이동량 제곱합이 분산의 이 비율 이하가 되면 멈춥니다. 0이면 움직임이 없을 때까지 계속합니다.</translation>
    </message>
    <message>
        <source>Powers of two</source>
        <translation>2의 거듭제곱</translation>
    </message>
    <message>
        <source>log2</source>
        <translation>log2</translation>
    </message>
    <message>
        <source>Zero and powers of two of both signs, from the largest that the range needs downwards.</source>
        <translation>0과 2의 거듭제곱(양수와 음수)이며, 범위에 필요한 가장 큰 값부터 아래로 내려갑니다.</translation>
    </message>
    <message>
        <source>µ-law</source>
        <translation>µ-법칙</translation>
    </message>
    <message>
        <source>companding</source>
        <translation>압신</translation>
    </message>
    <message>
        <source>Equal intervals on a logarithmic scale that is linear near zero, as in telephony.</source>
        <translation>0 근처에서는 선형인 로그 척도의 등간격 구간으로, 전화 통신에서 쓰입니다.</translation>
    </message>
    <message>
        <source>µ</source>
        <translation>µ</translation>
    </message>
    <message>
        <source>How strongly small values are favoured; near 0 the intervals are equal.</source>
        <translation>작은 값을 우대하는 정도입니다. 0에 가까우면 구간의 폭이 같아집니다.</translation>
    </message>
    <message>
        <source>Normal-float</source>
        <translation>NormalFloat</translation>
    </message>
    <message>
        <source>NF4</source>
        <translation>NF4</translation>
    </message>
    <message>
        <source>Levels at quantiles of the normal distribution, scaled to the largest magnitude: NF4 at four bits.</source>
        <translation>정규분포의 분위수에 놓인 레벨을 최대 절댓값에 맞춥니다. 4비트에서는 NF4입니다.</translation>
    </message>
    <message>
        <source>Own levels</source>
        <translation>사용자 레벨</translation>
    </message>
    <message>
        <source>your levels</source>
        <translation>직접 지정</translation>
    </message>
    <message>
        <source>Each value goes to the nearest of your own levels.</source>
        <translation>각 값을 직접 정한 레벨 중 가장 가까운 것으로 보냅니다.</translation>
    </message>
    <message>
        <source>The levels, in any order; without any, evenly spaced round numbers about the data.</source>
        <translation>레벨 목록이며 순서는 자유입니다. 비워 두면 데이터 주위의 고른 간격의 어림수를 씁니다.</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>순위</translation>
    </message>
    <message>
        <source>equal counts</source>
        <translation>같은 개수</translation>
    </message>
    <message>
        <source>Groups of equal counts, quartiles at four levels; each stands for its mean or median.</source>
        <translation>개수가 같은 그룹으로 나눕니다(레벨 4개면 사분위수). 각 그룹은 평균이나 중앙값으로 나타냅니다.</translation>
    </message>
    <message>
        <source>Midpoint</source>
        <translation>중점</translation>
    </message>
    <message>
        <source>What stands for the values of an interval.</source>
        <translation>구간의 값을 나타내는 대푯값입니다.</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>정규</translation>
    </message>
    <message>
        <source>The bell curve: mean 0, standard deviation 1.</source>
        <translation>종형 곡선: 평균 0, 표준편차 1.</translation>
    </message>
    <message>
        <source>Laplace</source>
        <translation>라플라스</translation>
    </message>
    <message>
        <source>A sharp peak with long tails, as many activations and residuals have.</source>
        <translation>뾰족한 봉우리와 긴 꼬리. 많은 활성값과 잔차가 이런 분포를 보입니다.</translation>
    </message>
    <message>
        <source>Bimodal</source>
        <translation>쌍봉</translation>
    </message>
    <message>
        <source>Two bells of unequal width and weight.</source>
        <translation>폭과 비중이 다른 두 개의 종형.</translation>
    </message>
    <message>
        <source>Weights with outliers</source>
        <translation>이상값이 있는 가중치</translation>
    </message>
    <message>
        <source>Rows of a thousand with scales of their own, and one value in a thousand twenty times as large.</source>
        <translation>스케일이 서로 다른 1,000개씩의 행이며, 1,000개 중 하나는 20배 큽니다.</translation>
    </message>
    <message>
        <source>Comma-separated values</source>
        <translation>쉼표로 구분된 값</translation>
    </message>
    <message>
        <source>Tab-separated values</source>
        <translation>탭으로 구분된 값</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>LaTeX</source>
        <translation>LaTeX</translation>
    </message>
    <message>
        <source>NumPy archive</source>
        <translation>NumPy 아카이브</translation>
    </message>
    <message>
        <source>Safetensors</source>
        <translation>Safetensors</translation>
    </message>
    <message>
        <source>C header with a decoder</source>
        <translation>디코더가 있는 C 헤더</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>중앙값</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작 위치</translation>
    </message>
    <message>
        <source>FP32</source>
        <translation>FP32</translation>
    </message>
    <message>
        <source>FP32, trained on</source>
        <translation>FP32, 추가 학습</translation>
    </message>
    <message>
        <source>Weight-only</source>
        <translation>가중치만</translation>
    </message>
    <message>
        <source>Dynamic</source>
        <translation>동적</translation>
    </message>
    <message>
        <source>Static (PTQ)</source>
        <translation>정적(PTQ)</translation>
    </message>
    <message>
        <source>QAT</source>
        <translation>QAT</translation>
    </message>
    <message>
        <source>Min–max</source>
        <translation>최소–최대</translation>
    </message>
    <message>
        <source>Histogram search</source>
        <translation>히스토그램 탐색</translation>
    </message>
    <message>
        <source>Percentile 99.9</source>
        <translation>백분위 99.9</translation>
    </message>
    <message>
        <source>Least squared error</source>
        <translation>최소 제곱 오차</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>엔트로피</translation>
    </message>
    <message>
        <source>least squared error, per channel</source>
        <translation>최소 제곱 오차, 채널별</translation>
    </message>
    <message>
        <source>Entropy-constrained</source>
        <translation>엔트로피 제약</translation>
    </message>
    <message>
        <source>for entropy coding</source>
        <translation>엔트로피 부호화용</translation>
    </message>
    <message>
        <source>The least error at a given code entropy: for codes that are entropy-coded afterwards.</source>
        <translation>주어진 부호 엔트로피에서 오차가 가장 작습니다. 이후에 엔트로피 부호화할 부호에 씁니다.</translation>
    </message>
    <message>
        <source>The most bits per value after entropy coding; 0 takes one less than the codes are wide, or half of that where it is more.</source>
        <translation>엔트로피 부호화 후 값당 최대 비트 수입니다. 0이면 부호 폭보다 1비트 적게, 또는 부호 폭의 절반이 더 크면 그 값을 씁니다.</translation>
    </message>
    <message>
        <source>bit</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>1 row lacks a cell and was dropped.</source>
        <translation>셀이 빠진 행 1개를 제외했습니다.</translation>
    </message>
    <message>
        <source>Against the textbook dynamic ({0}) is not faster than FP32 ({1}): finding ranges and rounding cost more than the smaller product saves at this size.</source>
        <translation>교과서와 달리 동적({0})이 FP32({1})보다 빠르지 않습니다. 이 크기에서는 범위를 찾고 반올림하는 비용이 작아진 곱셈이 아끼는 시간보다 큽니다.</translation>
    </message>
    <message>
        <source>Against the textbook static ({0}) is not faster than dynamic ({1}): finding ranges costs little beside the rest at this size.</source>
        <translation>교과서와 달리 정적({0})이 동적({1})보다 빠르지 않습니다. 이 크기에서는 범위를 찾는 비용이 나머지에 비해 작습니다.</translation>
    </message>
    <message>
        <source>Array {0} is neither x nor y.</source>
        <translation>배열 {0}은(는) x도 y도 아닙니다.</translation>
    </message>
    <message>
        <source>Column {0} holds no value.</source>
        <translation>열 {0}에 값이 없습니다.</translation>
    </message>
    <message>
        <source>Column {0} holds text, such as {1}.</source>
        <translation>열 {0}에 {1} 같은 텍스트가 있습니다.</translation>
    </message>
    <message>
        <source>Column {0} only counts the rows.</source>
        <translation>열 {0}은(는) 행 번호일 뿐입니다.</translation>
    </message>
    <message>
        <source>Fastest: {0} with {1} a sample in batches of {2}.</source>
        <translation>가장 빠름: {0}, 배치 {2}에서 표본당 {1}.</translation>
    </message>
    <message>
        <source>Most accurate: {0} with {1} (95 % interval {2} to {3}).</source>
        <translation>가장 정확함: {0}, {1}(95 % 구간 {2}~{3}).</translation>
    </message>
    <message>
        <source>Most accurate: {0} with {1}.</source>
        <translation>가장 정확함: {0}, {1}.</translation>
    </message>
    <message>
        <source>One sample at a time int8 is not faster here: {0} takes {1}, FP32 {2}. Layers this small spend their time around the products, not in them.</source>
        <translation>표본을 하나씩 처리하면 여기서는 int8이 더 빠르지 않습니다. {0}은(는) {1}, FP32는 {2}입니다. 이렇게 작은 층은 곱셈보다 그 주변에서 시간을 씁니다.</translation>
    </message>
    <message>
        <source>Simplest: {0} needs neither calibration nor training; it is {1}, and static, which knows its ranges beforehand, {2} times as fast as it.</source>
        <translation>가장 간단함: {0}. 보정도 학습도 필요 없고 {1}. 범위를 미리 아는 정적은 그보다 {2}배 빠름.</translation>
    </message>
    <message>
        <source>Simplest: {0} needs neither calibration nor training; it is {1}.</source>
        <translation>가장 간단함: {0}. 보정도 학습도 필요 없고 {1}.</translation>
    </message>
    <message>
        <source>Simulated, without times: {0}.</source>
        <translation>모의 실행, 시간 없음: {0}.</translation>
    </message>
    <message>
        <source>Speed is in the textbook&apos;s order: static, dynamic, FP32.</source>
        <translation>속도는 교과서의 순서대로 정적, 동적, FP32입니다.</translation>
    </message>
    <message>
        <source>Stay with {0}: nothing quantized is as accurate and faster here.</source>
        <translation>{0} 유지: 여기서는 양자화한 것 가운데 그만큼 정확하면서 더 빠른 것이 없습니다.</translation>
    </message>
    <message>
        <source>Take {0}: {1}, {2}, {3}.</source>
        <translation>{0} 추천: {1}, {2}, {3}.</translation>
    </message>
    <message>
        <source>Take {0}: {1}.</source>
        <translation>{0} 추천: {1}.</translation>
    </message>
    <message>
        <source>This rests on {0} test samples, seed {1}, and times of this machine.</source>
        <translation>시험 표본 {0}개, 시드 {1}, 이 컴퓨터에서 잰 시간에 근거합니다.</translation>
    </message>
    <message>
        <source>a quarter of the size</source>
        <translation>크기는 4분의 1</translation>
    </message>
    <message>
        <source>as accurate as FP32 here</source>
        <translation>여기서는 FP32만큼 정확함</translation>
    </message>
    <message>
        <source>as fast in batches of {0}</source>
        <translation>배치 {0}에서 속도가 같음</translation>
    </message>
    <message>
        <source>not timed</source>
        <translation>시간을 재지 않음</translation>
    </message>
    <message>
        <source>of the same size</source>
        <translation>크기는 같음</translation>
    </message>
    <message>
        <source>{0} above FP32</source>
        <translation>FP32보다 {0} 높음</translation>
    </message>
    <message>
        <source>{0} at {1} bits</source>
        <translation>{0} {1}비트</translation>
    </message>
    <message>
        <source>{0} at {1}/{2} bits</source>
        <translation>{0} {1}/{2}비트</translation>
    </message>
    <message>
        <source>{0} below FP32</source>
        <translation>FP32보다 {0} 낮음</translation>
    </message>
    <message>
        <source>{0} of R²</source>
        <translation>R² {0}</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0}포인트</translation>
    </message>
    <message>
        <source>{0} rows lack a cell and were dropped.</source>
        <translation>셀이 빠진 행 {0}개를 제외했습니다.</translation>
    </message>
    <message>
        <source>{0} times as fast in batches of {1}</source>
        <translation>배치 {1}에서 {0}배 빠름</translation>
    </message>
    <message>
        <source>{0} times slower in batches of {1}</source>
        <translation>배치 {1}에서 {0}배 느림</translation>
    </message>
    <message>
        <source>{0} times smaller</source>
        <translation>{0}배 작음</translation>
    </message>
    <message>
        <source>{0}, which {1} samples cannot tell apart</source>
        <translation>{0}(표본 {1}개로는 구별할 수 없음)</translation>
    </message>
    <message>
        <source>Model laboratory: {0}</source>
        <translation>모델 실험실: {0}</translation>
    </message>
    <message>
        <source>QAT ({0}) is not ahead of {1} ({2}): at {3} bits rounding costs less than these samples can show.</source>
        <translation>QAT({0})가 {1}({2})보다 앞서지 않습니다. {3}비트에서는 반올림의 손실이 이 표본 수로 드러나는 것보다 작습니다.</translation>
    </message>
    <message>
        <source>Weights use 7 of their 8 bits: int8 sums would saturate on this processor.</source>
        <translation>가중치는 8비트 중 7비트만 씁니다. 이 프로세서에서는 int8 합이 포화할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::AboutDialog</name>
    <message>
        <source>About Quantoscope</source>
        <translation>Quantoscope 정보</translation>
    </message>
    <message>
        <source>See what quantization does to data: histogram, levels, error and speed, live.</source>
        <translation>양자화가 데이터에 미치는 영향을 히스토그램, 레벨, 오차, 속도로 실시간으로 보여 줍니다.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>GNU 일반 공중 사용 허가서(GPL) 버전 3 이상을 따르는 자유 소프트웨어입니다. 어떠한 보증도 제공하지 않습니다.</translation>
    </message>
    <message>
        <source>Samples, typeface and libraries</source>
        <translation>예제, 글꼴, 라이브러리</translation>
    </message>
    <message>
        <source>## Typeface

Inter by Rasmus Andersson, with tabular figures, under the SIL Open Font License 1.1.</source>
        <translation>## 글꼴

Rasmus Andersson의 Inter(고정폭 숫자), SIL Open Font License 1.1.</translation>
    </message>
    <message>
        <source>## Libraries

Qt (LGPL-3.0), QCustomPlot (GPL-3.0), Highway (Apache-2.0), oneTBB (Apache-2.0), fmt (MIT), tl::expected (CC0), nlohmann/json (MIT), libzip (BSD), libcsv (LGPL-2.1), libsndfile (LGPL-2.1), libpng, libjpeg-turbo (BSD), CLI11 (BSD).</source>
        <translation>## 라이브러리

Qt (LGPL-3.0), QCustomPlot (GPL-3.0), Highway (Apache-2.0), oneTBB (Apache-2.0), fmt (MIT), tl::expected (CC0), nlohmann/json (MIT), libzip (BSD), libcsv (LGPL-2.1), libsndfile (LGPL-2.1), libpng, libjpeg-turbo (BSD), CLI11 (BSD).</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::BitsSlider</name>
    <message>
        <source>Bits</source>
        <translation>비트 수</translation>
    </message>
    <message>
        <source>Bits per value: 2 to this power is the number of levels</source>
        <translation>값당 비트 수. 2의 이 제곱이 레벨 수입니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ChannelsPage</name>
    <message>
        <source>Axis</source>
        <translation>축</translation>
    </message>
    <message>
        <source>Which axis counts the channels</source>
        <translation>채널을 이루는 축</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ChannelsPlot</name>
    <message>
        <source>Channel %1</source>
        <translation>채널 %1</translation>
    </message>
    <message>
        <source>axis %1</source>
        <translation>축 %1</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>최솟값</translation>
    </message>
    <message>
        <source>1st to 99th percentile</source>
        <translation>1~99 백분위수</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>중앙값</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>최댓값</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>levels</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>quartiles</source>
        <translation>사분위 범위</translation>
    </message>
    <message>
        <source>1–99 %</source>
        <translation>1–99 %</translation>
    </message>
    <message>
        <source>whole tensor %1</source>
        <translation>전체 텐서 %1</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Ranges of the channels</source>
        <translation>채널별 범위</translation>
    </message>
    <message>
        <source>SQNR of the channels</source>
        <translation>채널별 SQNR</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>index along axis %1</source>
        <translation>축 %1의 인덱스</translation>
    </message>
    <message>
        <source>No channels</source>
        <translation>채널이 없습니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ComparisonModel</name>
    <message>
        <source>Scheme</source>
        <translation>방식</translation>
    </message>
    <message>
        <source>The method; a click shows its run</source>
        <translation>양자화 방법입니다. 클릭하면 해당 실행 결과를 표시합니다</translation>
    </message>
    <message>
        <source>Bits/value</source>
        <translation>비트/값</translation>
    </message>
    <message>
        <source>Codes and all side information over the number of values; lower is better</source>
        <translation>코드와 모든 부가 정보를 값의 개수로 나눈 값. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>레벨 수</translation>
    </message>
    <message>
        <source>How many codes occur</source>
        <translation>실제로 쓰인 코드의 수</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>Σe²/n, the mean squared error; lower is better</source>
        <translation>Σe²/n, 평균제곱오차. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>10·log10(Σx²/Σe²); higher is better</source>
        <translation>10·log10(Σx²/Σe²). 높을수록 좋습니다</translation>
    </message>
    <message>
        <source>Max error</source>
        <translation>최대 오차</translation>
    </message>
    <message>
        <source>max|e|; lower is better</source>
        <translation>max|e|. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>Entropy, bit</source>
        <translation>엔트로피, 비트</translation>
    </message>
    <message>
        <source>−Σ p·log2 p over the codes: the rate of an ideal memoryless entropy coder; lower is better</source>
        <translation>코드에 대한 −Σ p·log2 p: 이상적인 무기억 엔트로피 부호기의 비트율. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>PSNR, dB</source>
        <translation>PSNR, dB</translation>
    </message>
    <message>
        <source>10·log10(R²/MSE), R the range of the data, 255 for 8-bit images; higher is better</source>
        <translation>10·log10(R²/MSE), R은 데이터의 범위(8비트 이미지는 255). 높을수록 좋습니다</translation>
    </message>
    <message>
        <source>Fit, ms</source>
        <translation>적합, ms</translation>
    </message>
    <message>
        <source>From the values in memory to the codebook, sorting included; lower is better</source>
        <translation>메모리의 값에서 코드북을 얻기까지 걸린 시간(정렬 포함). 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>&lt; %1</source>
        <translation>&lt; %1</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>고정됨</translation>
    </message>
    <message>
        <source>approximate</source>
        <translation>근사</translation>
    </message>
    <message>
        <source>To bound</source>
        <translation>한계까지</translation>
    </message>
    <message>
        <source>SQNR of the rate–distortion limit of memoryless codes at the run&apos;s rate, minus the run&apos;s SQNR; the rate is log2 of the levels, or the entropy of codes made for entropy coding; lower is better. Codes by group may cross the limit</source>
        <translation>실행 결과의 비트율에서 무기억 부호의 비트율–왜곡 한계 SQNR에서 실행 결과의 SQNR을 뺀 값입니다. 비트율은 레벨 수의 log2이며, 엔트로피 부호화용 부호는 그 엔트로피입니다. 낮을수록 좋습니다. 그룹별 부호는 한계를 넘을 수 있습니다</translation>
    </message>
    <message>
        <source>weighed</source>
        <translation>가중</translation>
    </message>
    <message>
        <source>Weighted MSE</source>
        <translation>가중 MSE</translation>
    </message>
    <message>
        <source>Σw·e²/Σw over the importance w of the values; lower is better</source>
        <translation>값의 중요도 w로 가중한 Σw·e²/Σw. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>Encode, GB/s</source>
        <translation>인코딩, GB/s</translation>
    </message>
    <message>
        <source>Gigabytes of float32 encoded a second on this machine, the median; higher is better</source>
        <translation>이 컴퓨터에서 1초에 인코딩하는 float32 기가바이트의 중앙값. 높을수록 좋습니다</translation>
    </message>
    <message>
        <source>Decode, GB/s</source>
        <translation>디코딩, GB/s</translation>
    </message>
    <message>
        <source>Gigabytes of float32 decoded a second on this machine, the median; higher is better</source>
        <translation>이 컴퓨터에서 1초에 디코딩하는 float32 기가바이트의 중앙값. 높을수록 좋습니다</translation>
    </message>
    <message>
        <source>Product, µs</source>
        <translation>곱, µs</translation>
    </message>
    <message>
        <source>y = W·x of the matrix straight from its codes on this machine, the median; lower is better</source>
        <translation>이 컴퓨터에서 행렬의 코드로 바로 계산한 y = W·x의 중앙값. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>There is no product straight from these codes</source>
        <translation>이 코드로는 바로 곱할 수 없습니다</translation>
    </message>
    <message>
        <source>%1 to %2; median of %3 runs on %4 threads, %5</source>
        <translation>%1~%2. 스레드 %4개, %5에서 %3회 실행한 중앙값</translation>
    </message>
    <message>
        <source>In float32 (%1): %2 µs</source>
        <translation>float32(%1): %2 µs</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::DataPanel</name>
    <message>
        <source>Filter tensors</source>
        <translation>텐서 필터</translation>
    </message>
    <message>
        <source>Built-in samples</source>
        <translation>내장 예제</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>Data that comes with the program</source>
        <translation>프로그램에 포함된 데이터</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값 개수</translation>
    </message>
    <message>
        <source>Distinct</source>
        <translation>서로 다른 값</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>최솟값</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>최댓값</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Std. deviation</source>
        <translation>표준편차</translation>
    </message>
    <message>
        <source>√(Σ(x − mean)²/n)</source>
        <translation>√(Σ(x − 평균)²/n)</translation>
    </message>
    <message>
        <source>Excess kurtosis</source>
        <translation>초과 첨도</translation>
    </message>
    <message>
        <source>Fourth central moment over variance², minus 3: 0 for a normal distribution, more for heavy tails</source>
        <translation>4차 중심 적률을 분산²으로 나누고 3을 뺀 값: 정규분포는 0, 꼬리가 두꺼울수록 커집니다</translation>
    </message>
    <message>
        <source>Non-finite</source>
        <translation>비유한값</translation>
    </message>
    <message>
        <source>NaN and infinities</source>
        <translation>NaN과 무한대</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>결측값</translation>
    </message>
    <message>
        <source>Cells without a number, left out</source>
        <translation>숫자가 없어 제외한 셀</translation>
    </message>
    <message>
        <source>Rounded to float32</source>
        <translation>float32 반올림 오차</translation>
    </message>
    <message>
        <source>The largest difference between a value of the file and the float32 that stands for it</source>
        <translation>파일의 값과 이를 나타내는 float32 값의 가장 큰 차이</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>다시 불러오기</translation>
    </message>
    <message>
        <source>Import options…</source>
        <translation>가져오기 옵션…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>The tensor is larger than the memory budget: neighbouring values are kept in groups, %1 from their means (root mean square)</source>
        <translation>텐서가 메모리 한도보다 커서 이웃한 값을 그룹으로 묶었습니다. 값은 그룹 평균에서 %1 떨어져 있습니다(제곱평균제곱근)</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::DistributionPage</name>
    <message>
        <source>Linear</source>
        <translation>선형</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Bins</source>
        <translation>막대 수</translation>
    </message>
    <message>
        <source>Number of histogram bins</source>
        <translation>히스토그램 막대의 수</translation>
    </message>
    <message>
        <source>Scale of the counts</source>
        <translation>개수 축의 눈금</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::DistributionPlot</name>
    <message>
        <source>Distribution</source>
        <translation>분포</translation>
    </message>
    <message>
        <source>values per bin</source>
        <translation>막대당 값 개수</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>데이터가 없습니다</translation>
    </message>
    <message>
        <source>code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>코드 %1</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값 개수</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>RMS error</source>
        <translation>RMS 오차</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::DropArea</name>
    <message>
        <source>Drop files here</source>
        <translation>여기에 파일 놓기</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>Choose one or more files to open</source>
        <translation>열 파일을 하나 이상 선택합니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ErrorPage</name>
    <message>
        <source>Linear</source>
        <translation>선형</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Scale of the counts</source>
        <translation>개수 축의 눈금</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ErrorPlot</name>
    <message>
        <source>No result yet</source>
        <translation>아직 결과가 없습니다</translation>
    </message>
    <message>
        <source>+RMS</source>
        <translation>+RMS</translation>
    </message>
    <message>
        <source>−RMS</source>
        <translation>−RMS</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>To</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값 개수</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>RMS by column</source>
        <translation>열별 RMS</translation>
    </message>
    <message>
        <source>At %1</source>
        <translation>위치 %1</translation>
    </message>
    <message>
        <source>Largest error</source>
        <translation>최대 오차</translation>
    </message>
    <message>
        <source>RMS error</source>
        <translation>RMS 오차</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>Histogram of the error</source>
        <translation>오차 히스토그램</translation>
    </message>
    <message>
        <source>values per bin</source>
        <translation>막대당 값 개수</translation>
    </message>
    <message>
        <source>error, x − Q(x)</source>
        <translation>오차, x − Q(x)</translation>
    </message>
    <message>
        <source>Error against value</source>
        <translation>값에 따른 오차</translation>
    </message>
    <message>
        <source>|x − Q(x)|</source>
        <translation>|x − Q(x)|</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ExplorePage</name>
    <message>
        <source>Views</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>분포</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>전달 함수</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>행렬</translation>
    </message>
    <message>
        <source>Image/Signal</source>
        <translation>이미지/신호</translation>
    </message>
    <message>
        <source>Trade-off</source>
        <translation>트레이드오프</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ExportDialog</name>
    <message>
        <source>Reading the file to name its contents by their SHA-256…</source>
        <translation>내용을 SHA-256으로 밝히기 위해 파일을 읽는 중…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>내보낼 내용</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>The export failed</source>
        <translation>내보내지 못했습니다</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>The level table: boundaries, levels, counts and errors.</source>
        <translation>레벨 표: 경계, 레벨, 개수, 오차.</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Every value with its code, its dequantized value and the error.</source>
        <translation>모든 값과 그 코드, 역양자화 값, 오차.</translation>
    </message>
    <message>
        <source>Codes and codebook</source>
        <translation>코드와 코드북</translation>
    </message>
    <message>
        <source>Codes, scales, zero points, offsets, codebook and dequantized values as arrays with the tensor&apos;s shape.</source>
        <translation>코드, 스케일, 영점, 오프셋, 코드북, 역양자화 값을 텐서 형태의 배열로 저장합니다.</translation>
    </message>
    <message>
        <source>C decoder</source>
        <translation>C 디코더</translation>
    </message>
    <message>
        <source>A header for C99 and C++ with the packed codes and a decoder.</source>
        <translation>압축 배열된 코드와 디코더가 들어 있는 C99·C++ 헤더.</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>The comparison table: every run at the bits on screen, and the pinned ones.</source>
        <translation>비교 표: 현재 비트 수의 모든 실행과 고정한 실행.</translation>
    </message>
    <message>
        <source>Plot on screen</source>
        <translation>화면의 그래프</translation>
    </message>
    <message>
        <source>The view as it is, at any size where the format is a vector format.</source>
        <translation>현재 보이는 그대로의 그래프. 벡터 형식이면 크기를 자유롭게 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>Vector picture (.svg)</source>
        <translation>벡터 그림 (.svg)</translation>
    </message>
    <message>
        <source>Vector page (.pdf)</source>
        <translation>벡터 페이지 (.pdf)</translation>
    </message>
    <message>
        <source>Picture (.png)</source>
        <translation>그림 (.png)</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Settings, results, plot, tables and where the data came from, in one file.</source>
        <translation>설정, 결과, 그래프, 표, 데이터 출처를 한 파일에 담습니다.</translation>
    </message>
    <message>
        <source>Web page (.html)</source>
        <translation>웹 페이지 (.html)</translation>
    </message>
    <message>
        <source>Pages (.pdf)</source>
        <translation>문서 (.pdf)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>내보낼 위치</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::GenerateDialog</name>
    <message>
        <source>Generate data</source>
        <translation>데이터 생성</translation>
    </message>
    <message>
        <source>Arrows multiply and divide by ten</source>
        <translation>화살표로 10배씩 늘리거나 줄입니다</translation>
    </message>
    <message>
        <source>The same seed gives the same values</source>
        <translation>시드가 같으면 같은 값이 생성됩니다</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>분포</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값 개수</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>생성</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::GroupingField</name>
    <message>
        <source>Grouping</source>
        <translation>그룹화</translation>
    </message>
    <message>
        <source>Which values share a scale or a codebook</source>
        <translation>스케일이나 코드북을 공유하는 값의 단위</translation>
    </message>
    <message>
        <source>Block size</source>
        <translation>블록 크기</translation>
    </message>
    <message>
        <source>Consecutive values along the last axis that share a scale; arrows double and halve it</source>
        <translation>마지막 축을 따라 스케일을 공유하는 연속된 값의 수. 화살표로 두 배 또는 절반으로 바꿉니다</translation>
    </message>
    <message>
        <source> values</source>
        <translation>개</translation>
    </message>
    <message>
        <source>Channel, axis %1 (%2)</source>
        <translation>채널, 축 %1 (%2)</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>블록</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ImageView</name>
    <message>
        <source>Image before and after</source>
        <translation>양자화 전후 이미지</translation>
    </message>
    <message>
        <source>PSNR %1, SSIM %2</source>
        <translation>PSNR %1, SSIM %2</translation>
    </message>
    <message>
        <source>No image</source>
        <translation>이미지가 없습니다</translation>
    </message>
    <message>
        <source>original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>양자화</translation>
    </message>
    <message>
        <source>%1 × %2 pixels, %3 %</source>
        <translation>%1 × %2 픽셀, %3 %</translation>
    </message>
    <message>
        <source>PSNR %1    SSIM %2</source>
        <translation>PSNR %1    SSIM %2</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ImportDialog</name>
    <message>
        <source>Detected</source>
        <translation>자동 감지</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>마침표</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>쉼표</translation>
    </message>
    <message>
        <source>First row holds names</source>
        <translation>첫 행이 열 이름</translation>
    </message>
    <message>
        <source>No header</source>
        <translation>머리글 없음</translation>
    </message>
    <message>
        <source>How to read %1</source>
        <translation>%1 읽는 방법</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>구분 기호</translation>
    </message>
    <message>
        <source>Comma (,)</source>
        <translation>쉼표 (,)</translation>
    </message>
    <message>
        <source>Semicolon (;)</source>
        <translation>세미콜론 (;)</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>탭</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>공백</translation>
    </message>
    <message>
        <source>Vertical bar (|)</source>
        <translation>세로줄 (|)</translation>
    </message>
    <message>
        <source>Decimal mark</source>
        <translation>소수점 기호</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>머리글</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>다시 읽기</translation>
    </message>
    <message>
        <source>The first %1 of %2 columns.</source>
        <translation>전체 %2개 열 중 처음 %1개입니다.</translation>
    </message>
    <message>
        <source>Cells without a number are left out; those below them move up.</source>
        <translation>숫자가 없는 셀은 제외하고, 그 아래 셀을 위로 당겨 표시합니다.</translation>
    </message>
    <message>
        <source>Not read: %1</source>
        <translation>읽지 않음: %1</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ImportanceField</name>
    <message>
        <source>Importance</source>
        <translation>중요도</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>균일</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>파일 선택…</translation>
    </message>
    <message>
        <source>The error of every value counts the same</source>
        <translation>모든 값의 오차를 똑같이 셉니다</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2의 %1</translation>
    </message>
    <message>
        <source>A file with a tensor of the same shape</source>
        <translation>모양이 같은 텐서가 든 파일</translation>
    </message>
    <message>
        <source>A tensor of the same shape, of numbers that are not negative: the error of each value counts so much</source>
        <translation>모양이 같고 음수가 없는 텐서: 값마다 오차를 그만큼 크게 셉니다</translation>
    </message>
    <message>
        <source>This scheme does not weigh errors: they are measured by the importance, but the levels do not follow it</source>
        <translation>이 방식은 오차에 가중치를 두지 않습니다. 오차는 중요도로 재지만 레벨은 중요도를 따르지 않습니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LevelsModel</name>
    <message>
        <source>Index</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>To</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값 개수</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>RMS error</source>
        <translation>RMS 오차</translation>
    </message>
    <message>
        <source>The position of the level, from the lowest</source>
        <translation>가장 낮은 레벨부터 센 순서</translation>
    </message>
    <message>
        <source>The bit pattern that stands for it</source>
        <translation>이를 나타내는 비트 패턴</translation>
    </message>
    <message>
        <source>The smallest value that gets this level</source>
        <translation>이 레벨이 되는 가장 작은 값</translation>
    </message>
    <message>
        <source>The boundary above, which belongs to the next level</source>
        <translation>위쪽 경계. 경계 값은 다음 레벨에 속합니다</translation>
    </message>
    <message>
        <source>What the code decodes to</source>
        <translation>코드를 디코딩한 값</translation>
    </message>
    <message>
        <source>How many values get this level</source>
        <translation>이 레벨이 되는 값의 개수</translation>
    </message>
    <message>
        <source>The same as a share of the group</source>
        <translation>그룹에서 차지하는 비율</translation>
    </message>
    <message>
        <source>√(Σe²/n) over the values of this level; lower is better</source>
        <translation>이 레벨에 속한 값의 √(Σe²/n). 낮을수록 좋습니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LevelsSpin</name>
    <message>
        <source>Levels</source>
        <translation>레벨 수</translation>
    </message>
    <message>
        <source>Number of levels: any from 1 to %L1; Page Up doubles, Page Down halves</source>
        <translation>레벨 수: 1부터 %L1까지. Page Up은 두 배, Page Down은 절반</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ListField</name>
    <message>
        <source>0, 25, 50</source>
        <translation>0, 25, 50</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::MainWindow</name>
    <message>
        <source>Quantoscope sessions (*%1)</source>
        <translation>Quantoscope 세션 (*%1)</translation>
    </message>
    <message>
        <source>Data (%1)</source>
        <translation>데이터 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>%1 was written</source>
        <translation>%1 파일을 저장했습니다</translation>
    </message>
    <message>
        <source>%1 is not the same as when the session was saved.</source>
        <translation>%1 파일이 세션을 저장할 때와 다릅니다.</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>파일 열기</translation>
    </message>
    <message>
        <source>&amp;Paste values</source>
        <translation>값 붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>Numbers or a table from the clipboard</source>
        <translation>클립보드의 숫자나 표를 붙여넣습니다</translation>
    </message>
    <message>
        <source>&amp;Generate data…</source>
        <translation>데이터 생성(&amp;G)…</translation>
    </message>
    <message>
        <source>Ctrl+G</source>
        <translation>Ctrl+G</translation>
    </message>
    <message>
        <source>Data made from a seed</source>
        <translation>시드로 데이터를 생성합니다</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>Export tables, codes, plots or a report</source>
        <translation>표, 코드, 그래프, 보고서를 내보냅니다</translation>
    </message>
    <message>
        <source>&amp;Import options…</source>
        <translation>가져오기 옵션(&amp;I)…</translation>
    </message>
    <message>
        <source>How the table on screen is read from its file</source>
        <translation>화면의 표를 파일에서 읽는 방법을 정합니다</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>비교(&amp;C)</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Compare all schemes</source>
        <translation>모든 방식을 비교합니다</translation>
    </message>
    <message>
        <source>P&amp;in to comparison</source>
        <translation>비교에 고정(&amp;I)</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Keep this run in the comparison</source>
        <translation>이 실행을 비교에 남겨 둡니다</translation>
    </message>
    <message>
        <source>Open &amp;session…</source>
        <translation>세션 열기(&amp;S)…</translation>
    </message>
    <message>
        <source>Files, settings and pinned runs as they were saved</source>
        <translation>저장할 때의 파일, 설정, 고정한 실행을 불러옵니다</translation>
    </message>
    <message>
        <source>&amp;Save session…</source>
        <translation>세션 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Everything but the data itself</source>
        <translation>데이터 자체를 제외한 모든 것을 저장합니다</translation>
    </message>
    <message>
        <source>&amp;Close file</source>
        <translation>파일 닫기(&amp;C)</translation>
    </message>
    <message>
        <source>Close the file on screen</source>
        <translation>화면의 파일을 닫습니다</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Ctrl+Y</source>
        <translation>Ctrl+Y</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>최근 파일 열기(&amp;R)</translation>
    </message>
    <message>
        <source>Sa&amp;mples</source>
        <translation>예제(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Unpin all</source>
        <translation>모두 고정 해제(&amp;U)</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>환경 설정(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;System appearance</source>
        <translation>시스템 설정 따름(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>라이트(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>다크(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>도구(&amp;T)</translation>
    </message>
    <message>
        <source>Measure &amp;speed</source>
        <translation>속도 측정(&amp;S)</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>&amp;NaN and infinities</source>
        <translation>NaN과 무한대(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>중단(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Drop</source>
        <translation>제외(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Clamp infinities</source>
        <translation>무한대 클램핑(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Quantoscope</source>
        <translation>Quantoscope 정보(&amp;A)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>The sample could not be opened</source>
        <translation>예제를 열 수 없습니다</translation>
    </message>
    <message>
        <source>Pasted values</source>
        <translation>붙여넣은 값</translation>
    </message>
    <message>
        <source>The clipboard holds no numbers</source>
        <translation>클립보드에 숫자가 없습니다</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>세션 저장</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>세션 열기</translation>
    </message>
    <message>
        <source>change the number of levels</source>
        <translation>레벨 수 변경</translation>
    </message>
    <message>
        <source>%1 – Quantoscope</source>
        <translation>%1 – Quantoscope</translation>
    </message>
    <message>
        <source>Quantoscope</source>
        <translation>Quantoscope</translation>
    </message>
    <message>
        <source>Comparing schemes, %1 of %2 runs</source>
        <translation>방식 비교 중, 실행 %1/%2</translation>
    </message>
    <message>
        <source>%1 fitted in %2 ms</source>
        <translation>%1 적합 완료, %2 ms</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>The global optimum, proven: no %1 levels have a squared error below %2 (gap %3, rounding up to %4 of it; λ = %5)</source>
        <translation>증명된 전역 최적해: 레벨 %1개로는 제곱 오차가 %2보다 작을 수 없습니다 (간격 %3, 반올림은 최대 %4; λ = %5)</translation>
    </message>
    <message>
        <source>approximate levels, exact errors · n = %1</source>
        <translation>근사 레벨, 정확한 오차 · n = %1</translation>
    </message>
    <message>
        <source>at most %1 % above the optimum · n = %2</source>
        <translation>최적보다 최대 %1 % 큼 · n = %2</translation>
    </message>
    <message>
        <source>This tensor has %1 NaN and %2 infinite values. Drop them to quantize the others (Tools offers to clamp infinities instead).</source>
        <translation>이 텐서에 NaN %1개와 무한대 %2개가 있습니다. 이를 제외하면 나머지 값을 양자화할 수 있습니다(도구 메뉴에서 무한대 클램핑을 선택할 수도 있습니다).</translation>
    </message>
    <message>
        <source>Drop them</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>%1 has changed on disk.</source>
        <translation>%1 파일이 디스크에서 변경되었습니다.</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>다시 불러오기</translation>
    </message>
    <message>
        <source>&amp;Run all methods</source>
        <translation>모든 방법 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Train, evaluate and time in the lab</source>
        <translation>실험실에서 학습, 평가, 시간 측정</translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation>탐색(&amp;E)</translation>
    </message>
    <message>
        <source>Ctrl+Shift+E</source>
        <translation>Ctrl+Shift+E</translation>
    </message>
    <message>
        <source>Look at data and schemes</source>
        <translation>데이터와 방식 살펴보기</translation>
    </message>
    <message>
        <source>&amp;Model lab</source>
        <translation>모델 실험실(&amp;M)</translation>
    </message>
    <message>
        <source>Ctrl+Shift+M</source>
        <translation>Ctrl+Shift+M</translation>
    </message>
    <message>
        <source>Compare methods on a network</source>
        <translation>신경망에서 방법 비교</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Model lab</source>
        <translation>모델 실험실</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>모드</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::MatrixPage</name>
    <message>
        <source>Slice</source>
        <translation>슬라이스</translation>
    </message>
    <message>
        <source>all</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Which slice along the leading axes; all of them below one another</source>
        <translation>앞쪽 축에서 표시할 슬라이스. 모두를 선택하면 세로로 이어 표시합니다</translation>
    </message>
    <message>
        <source>Error gain</source>
        <translation>오차 배율</translation>
    </message>
    <message>
        <source>How many times the error is amplified on the colour scale</source>
        <translation>색상 척도에서 오차를 확대하는 배수</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오차</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::MatrixPlot</name>
    <message>
        <source>Matrix</source>
        <translation>행렬</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>아직 결과가 없습니다</translation>
    </message>
    <message>
        <source>original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>양자화</translation>
    </message>
    <message>
        <source>error</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>error × %1</source>
        <translation>오차 × %1</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>rows %1–%2, columns %3–%4</source>
        <translation>행 %1–%2, 열 %3–%4</translation>
    </message>
    <message>
        <source>[%1]</source>
        <translation>[%1]</translation>
    </message>
    <message>
        <source>[%1, %2]</source>
        <translation>[%1, %2]</translation>
    </message>
    <message>
        <source>slice %1</source>
        <translation>슬라이스 %1</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Quantized</source>
        <translation>양자화</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오차</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::MediaPage</name>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Which channel of the signal is shown</source>
        <translation>표시할 신호 채널</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::MessageBar</name>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n개 더</numerusform>
        </translation>
    </message>
    <message>
        <source>Close this message (Esc)</source>
        <translation>이 메시지 닫기(Esc)</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>이 메시지 닫기</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::MethodCombo</name>
    <message>
        <source>Method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::PlotHeader</name>
    <message>
        <source>Legend: area is data, stems are levels, dashed lines are boundaries</source>
        <translation>범례: 면은 데이터, 줄기는 레벨, 점선은 경계</translation>
    </message>
    <message>
        <source>data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>level</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>boundary</source>
        <translation>경계</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::PlotView</name>
    <message>
        <source>Copy picture</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Export picture…</source>
        <translation>그림 내보내기…</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>전체 보기</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>환경 설정</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>라이트</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>다크</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>화면 모드</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>The language changes when the program starts again.</source>
        <translation>언어는 프로그램을 다시 시작하면 바뀝니다.</translation>
    </message>
    <message>
        <source>Forget recent files</source>
        <translation>최근 파일 목록 지우기</translation>
    </message>
    <message>
        <source>Memory budget</source>
        <translation>메모리 한도</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Half of this machine&apos;s: %1</source>
        <translation>이 컴퓨터의 절반: %1</translation>
    </message>
    <message>
        <source>What a tensor may take while it is held, sorted and fitted. A larger one stays in its file and is read in slices: its levels come from groups of neighbouring values, with a stated bound.</source>
        <translation>텐서 하나를 읽어 정렬하고 양자화하는 데 쓸 수 있는 메모리입니다. 더 큰 텐서는 파일에 둔 채 조각으로 읽으며, 레벨은 이웃한 값의 그룹에서 얻고 그 오차 한계를 밝힙니다.</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::RangeField</name>
    <message>
        <source>Range</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>Where the range comes from; values outside it are clipped</source>
        <translation>범위를 정하는 방법. 범위를 벗어난 값은 클리핑됩니다</translation>
    </message>
    <message>
        <source>Min–max</source>
        <translation>최소–최대</translation>
    </message>
    <message>
        <source>From the smallest to the largest value</source>
        <translation>가장 작은 값부터 가장 큰 값까지</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>백분위수</translation>
    </message>
    <message>
        <source>The middle share of the values</source>
        <translation>값의 가운데 일정 비율</translation>
    </message>
    <message>
        <source>Std. deviations</source>
        <translation>표준편차</translation>
    </message>
    <message>
        <source>So many standard deviations about the mean</source>
        <translation>평균을 중심으로 표준편차의 지정한 배수</translation>
    </message>
    <message>
        <source>Least error</source>
        <translation>최소 오차</translation>
    </message>
    <message>
        <source>The range with the least squared error</source>
        <translation>제곱오차가 가장 작은 범위</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>엔트로피</translation>
    </message>
    <message>
        <source>The range of least Kullback–Leibler divergence</source>
        <translation>쿨백–라이블러 발산이 가장 작은 범위</translation>
    </message>
    <message>
        <source>Histogram search</source>
        <translation>히스토그램 탐색</translation>
    </message>
    <message>
        <source>What PyTorch&apos;s HistogramObserver leaves of the extremes</source>
        <translation>최솟값과 최댓값에서 PyTorch의 HistogramObserver가 남기는 범위</translation>
    </message>
    <message>
        <source>Own range</source>
        <translation>사용자 지정</translation>
    </message>
    <message>
        <source>The two ends given here</source>
        <translation>여기에 입력한 양 끝 값</translation>
    </message>
    <message>
        <source>Range parameter</source>
        <translation>범위 매개변수</translation>
    </message>
    <message>
        <source>Lower end of the range</source>
        <translation>범위의 하한</translation>
    </message>
    <message>
        <source>Upper end of the range</source>
        <translation>범위의 상한</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source> σ</source>
        <translation> σ</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::RateDistortionPlot</name>
    <message>
        <source>Rate–distortion</source>
        <translation>비트율–왜곡</translation>
    </message>
    <message>
        <source>bits per value</source>
        <translation>값당 비트</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>No runs to compare yet</source>
        <translation>아직 비교할 실행이 없습니다</translation>
    </message>
    <message>
        <source>distance to the bound, dB</source>
        <translation>한계까지의 거리, dB</translation>
    </message>
    <message>
        <source>impossible for memoryless codes:
beyond the rate–distortion limit</source>
        <translation>무기억 부호로는 불가능:
비트율–왜곡 한계를 넘는 영역</translation>
    </message>
    <message>
        <source>1 bit</source>
        <translation>1비트</translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1비트</translation>
    </message>
    <message>
        <source>%1 levels</source>
        <translation>레벨 %1개</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>Bits per value</source>
        <translation>값당 비트</translation>
    </message>
    <message>
        <source>To the bound</source>
        <translation>한계까지</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>측정 대상</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>값 %1개</translation>
    </message>
    <message>
        <source>(codes by group may cross it)</source>
        <translation>(그룹별 부호는 넘을 수 있음)</translation>
    </message>
    <message>
        <source>Entropy-coded</source>
        <translation>엔트로피 부호화 시</translation>
    </message>
    <message>
        <source>beyond the limit</source>
        <translation>한계 너머</translation>
    </message>
    <message>
        <source>beyond the limit of memoryless codes</source>
        <translation>무기억 부호의 한계 너머</translation>
    </message>
    <message>
        <source>The limit is not known yet</source>
        <translation>한계를 아직 모릅니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::RecentRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ResultPanel</name>
    <message>
        <source>&lt; 0.1 ms</source>
        <translation>&lt; 0.1 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>Bits per value</source>
        <translation>값당 비트</translation>
    </message>
    <message>
        <source>10·log10(Σx²/Σe²): signal to quantization error in decibels; higher is better. Other programs print a linear ratio or its inverse under this name.</source>
        <translation>10·log10(Σx²/Σe²): 신호 대 양자화 오차의 비(dB). 높을수록 좋습니다. 다른 프로그램에서는 같은 이름으로 선형 비율이나 그 역수를 표시하기도 합니다.</translation>
    </message>
    <message>
        <source>Σe²/n, the mean squared error; lower is better</source>
        <translation>Σe²/n, 평균제곱오차. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>Codes and all side information (scales, zero points, levels) over the number of values; lower is better</source>
        <translation>코드와 모든 부가 정보(스케일, 영점, 레벨)를 값의 개수로 나눈 값. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>bit</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>Max error</source>
        <translation>최대 오차</translation>
    </message>
    <message>
        <source>max|e|, at the value %1</source>
        <translation>max|e|, 값 %1에서</translation>
    </message>
    <message>
        <source>Code entropy</source>
        <translation>코드 엔트로피</translation>
    </message>
    <message>
        <source>%1 bit</source>
        <translation>%1비트</translation>
    </message>
    <message>
        <source>−Σ p·log2 p over the codes: what an ideal memoryless entropy coder would reach</source>
        <translation>코드에 대한 −Σ p·log2 p: 이상적인 무기억 엔트로피 부호기가 도달하는 비트율</translation>
    </message>
    <message>
        <source>Effective levels</source>
        <translation>유효 레벨</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Codes that occur, of those asked for</source>
        <translation>요청한 코드 중 실제로 쓰인 코드</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>압축률</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Bits of the original&apos;s own number type over ours</source>
        <translation>원본 숫자 형식의 비트 수를 양자화 후 비트 수로 나눈 값</translation>
    </message>
    <message>
        <source>Clipped</source>
        <translation>클리핑</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Values outside the range: %1 % below, %2 % above</source>
        <translation>범위를 벗어난 값: 아래 %1 %, 위 %2 %</translation>
    </message>
    <message>
        <source>Mean abs. error</source>
        <translation>평균 절대 오차</translation>
    </message>
    <message>
        <source>Σ|e|/n; lower is better</source>
        <translation>Σ|e|/n. 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>10·log10(R²/MSE) with R = %1; higher is better</source>
        <translation>10·log10(R²/MSE), R = %1. 높을수록 좋습니다</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>코사인 유사도</translation>
    </message>
    <message>
        <source>x·y/(‖x‖‖y‖); nearer to 1 is better</source>
        <translation>x·y/(‖x‖‖y‖). 1에 가까울수록 좋습니다</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>적합</translation>
    </message>
    <message>
        <source>From the values in memory to the codebook, sorting included</source>
        <translation>메모리의 값에서 코드북을 얻기까지 걸린 시간(정렬 포함)</translation>
    </message>
    <message>
        <source>Of the preview</source>
        <translation>미리보기의 결과입니다</translation>
    </message>
    <message>
        <source>Of float32, median of %1 runs on %2 threads, %3; %4 to %5 GB/s</source>
        <translation>float32 기준, 스레드 %2개에서 %1회 실행한 중앙값, %3, %4~%5 GB/s</translation>
    </message>
    <message>
        <source>%1 GB/s</source>
        <translation>%1 GB/s</translation>
    </message>
    <message>
        <source>Encode</source>
        <translation>인코딩</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>디코딩</translation>
    </message>
    <message>
        <source>To the bound</source>
        <translation>한계까지</translation>
    </message>
    <message>
        <source>SQNR of the rate–distortion limit of memoryless codes at the run&apos;s rate, minus the run&apos;s SQNR</source>
        <translation>실행 결과의 비트율에서 무기억 부호의 비트율–왜곡 한계 SQNR에서 실행 결과의 SQNR을 뺀 값</translation>
    </message>
    <message>
        <source>Weighted MSE</source>
        <translation>가중 MSE</translation>
    </message>
    <message>
        <source>Σw·e²/Σw over the importance w of the values, %1; lower is better</source>
        <translation>값의 중요도 w(%1)로 가중한 Σw·e²/Σw. 낮을수록 좋습니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SchemePanel</name>
    <message>
        <source>Dynamic</source>
        <translation>동적</translation>
    </message>
    <message>
        <source>Static</source>
        <translation>정적</translation>
    </message>
    <message>
        <source>the data decides the intervals</source>
        <translation>데이터가 구간을 정합니다</translation>
    </message>
    <message>
        <source>fixed before the data is seen</source>
        <translation>데이터를 보기 전에 정해집니다</translation>
    </message>
    <message>
        <source>Pin to comparison</source>
        <translation>비교에 고정</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>방식</translation>
    </message>
    <message>
        <source>How values become levels</source>
        <translation>값을 레벨로 바꾸는 방법</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>비트 수</translation>
    </message>
    <message>
        <source>Bits per code: 2^b levels (Ctrl+1 to Ctrl+8)</source>
        <translation>코드당 비트: 레벨 2^b개 (Ctrl+1~Ctrl+8)</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>레벨 수</translation>
    </message>
    <message>
        <source>Number of levels; Page Up and Page Down double and halve it</source>
        <translation>레벨 수. Page Up과 Page Down으로 두 배 또는 절반으로 바꿉니다</translation>
    </message>
    <message>
        <source>Keep this run in the comparison (Ctrl+P)</source>
        <translation>이 실행을 비교에 남겨 둡니다 (Ctrl+P)</translation>
    </message>
    <message>
        <source>change the grouping</source>
        <translation>그룹화 변경</translation>
    </message>
    <message>
        <source>change the range</source>
        <translation>범위 변경</translation>
    </message>
    <message>
        <source>change a parameter</source>
        <translation>매개변수 변경</translation>
    </message>
    <message>
        <source>Grouping</source>
        <translation>그룹화</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>dynamic</source>
        <translation>동적</translation>
    </message>
    <message>
        <source>static</source>
        <translation>정적</translation>
    </message>
    <message>
        <source>This scheme has a whole number of bits</source>
        <translation>이 방식은 비트 수가 정수여야 합니다</translation>
    </message>
    <message>
        <source>From the data</source>
        <translation>데이터에서 결정</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>사용 안 함</translation>
    </message>
    <message>
        <source>choose %1</source>
        <translation>%1 선택</translation>
    </message>
    <message>
        <source>change the number of levels</source>
        <translation>레벨 수 변경</translation>
    </message>
    <message>
        <source>Groups with boundaries or levels of your own: %1.</source>
        <translation>경계나 레벨을 직접 지정한 그룹: %1개.</translation>
    </message>
    <message>
        <source>Importance</source>
        <translation>중요도</translation>
    </message>
    <message>
        <source>Choose the importance</source>
        <translation>중요도 선택</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SearchField</name>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::Session</name>
    <message>
        <source>%1 could not be opened</source>
        <translation>%1 파일을 열 수 없습니다</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 읽는 중</translation>
    </message>
    <message>
        <source>The tensor could not be read</source>
        <translation>텐서를 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Computing the exact result</source>
        <translation>정확한 결과 계산 중</translation>
    </message>
    <message>
        <source>This quantization is not possible</source>
        <translation>이 설정으로는 양자화할 수 없습니다</translation>
    </message>
    <message>
        <source>Only a sample of the groups can be shown</source>
        <translation>그룹의 표본만 표시할 수 있습니다</translation>
    </message>
    <message>
        <source>Measuring speed</source>
        <translation>속도 측정 중</translation>
    </message>
    <message>
        <source>move a boundary</source>
        <translation>경계 이동</translation>
    </message>
    <message>
        <source>move a level</source>
        <translation>레벨 이동</translation>
    </message>
    <message>
        <source>show %1</source>
        <translation>%1 표시</translation>
    </message>
    <message>
        <source>The importance could not be used</source>
        <translation>중요도를 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>it holds no other tensor of the shape of %1, %2</source>
        <translation>%1의 모양 %2와 같은 다른 텐서가 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>weigh by importance</source>
        <translation>중요도 가중</translation>
    </message>
    <message>
        <source>weigh all values alike</source>
        <translation>모든 값에 같은 가중치</translation>
    </message>
    <message>
        <source>The speed could not be measured</source>
        <translation>속도를 측정하지 못했습니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SessionStore</name>
    <message>
        <source>The session could not be saved</source>
        <translation>세션을 저장할 수 없습니다</translation>
    </message>
    <message>
        <source>The pinned runs could not be computed</source>
        <translation>고정한 실행을 계산할 수 없습니다</translation>
    </message>
    <message>
        <source>The session could not be opened</source>
        <translation>세션을 열 수 없습니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SignalView</name>
    <message>
        <source>No signal</source>
        <translation>신호가 없습니다</translation>
    </message>
    <message>
        <source>SNR %1</source>
        <translation>SNR %1</translation>
    </message>
    <message>
        <source>original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>quantized</source>
        <translation>양자화</translation>
    </message>
    <message>
        <source>Sample %1</source>
        <translation>샘플 %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Quantized</source>
        <translation>양자화</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>Too short for a spectrum</source>
        <translation>스펙트럼을 구하기에 너무 짧습니다</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>잔차</translation>
    </message>
    <message>
        <source>Signal before and after</source>
        <translation>양자화 전후 신호</translation>
    </message>
    <message>
        <source>Waveforms</source>
        <translation>파형</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>잔차</translation>
    </message>
    <message>
        <source>Spectra</source>
        <translation>스펙트럼</translation>
    </message>
    <message>
        <source>power density, dB</source>
        <translation>전력 밀도, dB</translation>
    </message>
    <message>
        <source>time, s</source>
        <translation>시간, s</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>frequency, Hz</source>
        <translation>주파수, Hz</translation>
    </message>
    <message>
        <source>frequency, cycles per sample</source>
        <translation>주파수, 샘플당 주기 수</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SpeedPlot</name>
    <message>
        <source>Error and speed</source>
        <translation>오차와 속도</translation>
    </message>
    <message>
        <source>encode time, ns per value</source>
        <translation>인코딩 시간, 값당 ns</translation>
    </message>
    <message>
        <source>RMS error, % of σ</source>
        <translation>RMS 오차, σ 대비 %</translation>
    </message>
    <message>
        <source>No speed measured yet</source>
        <translation>아직 측정한 속도가 없습니다</translation>
    </message>
    <message>
        <source>better ↙</source>
        <translation>더 좋음 ↙</translation>
    </message>
    <message>
        <source>RMS error</source>
        <translation>RMS 오차</translation>
    </message>
    <message>
        <source>%1 % of σ</source>
        <translation>σ의 %1 %</translation>
    </message>
    <message>
        <source>Encode</source>
        <translation>인코딩</translation>
    </message>
    <message>
        <source>%1 ns per value</source>
        <translation>값당 %1 ns</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>분포 폭</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 횟수</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>fit time, ms</source>
        <translation>적합 시간, ms</translation>
    </message>
    <message>
        <source>decode time, ns per value</source>
        <translation>디코딩 시간, 값당 ns</translation>
    </message>
    <message>
        <source>matrix–vector time, µs</source>
        <translation>행렬–벡터 곱 시간, µs</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>적합</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>디코딩</translation>
    </message>
    <message>
        <source>From codes</source>
        <translation>코드에서</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>in float32 (%1)</source>
        <translation>float32(%1)</translation>
    </message>
    <message>
        <source>measured once, sorting included</source>
        <translation>정렬을 포함해 한 번 측정</translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation>스레드 1개</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>스레드 %1개</translation>
    </message>
    <message>
        <source>median of %1 · %2 · %3</source>
        <translation>%1회 중앙값 · %2 · %3</translation>
    </message>
    <message>
        <source>In float32</source>
        <translation>float32에서</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>속도비</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>명령어 집합</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::StartButton</name>
    <message>
        <source>today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>어제</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>A date of this year, in the notation of QLocale</extracomment>
        <translation>M월 d일</translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <extracomment>A date of another year, in the notation of QLocale</extracomment>
        <translation>yyyy년 M월</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::StartPage</name>
    <message>
        <source>What happens to your data at fewer bits?</source>
        <translation>비트를 줄이면 데이터는 어떻게 될까요?</translation>
    </message>
    <message>
        <source>Open numbers, an image, a signal or the weights of a network. The first answer is on screen in two seconds.</source>
        <translation>숫자, 이미지, 신호, 신경망 가중치를 열어 보세요. 첫 결과가 2초 안에 나타납니다.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>예제</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>최근 파일</translation>
    </message>
    <message>
        <source>Files that you open will be listed here.</source>
        <translation>연 파일이 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::StatusLine</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop and keep the last result (Esc)</source>
        <translation>중단하고 마지막 결과를 유지합니다 (Esc)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>exact · n = %1</source>
        <translation>정확 · n = %1</translation>
    </message>
    <message>
        <source>sampled: %1 of %2</source>
        <translation>표본: %2개 중 %1개</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::TablesPanel</name>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>고정 해제</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>행 복사</translation>
    </message>
    <message>
        <source>Usual columns</source>
        <translation>기본 열</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::TensorTreeModel</name>
    <message>
        <source>all columns</source>
        <translation>모든 열</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::TradeOffPage</name>
    <message>
        <source>Rate–distortion</source>
        <translation>비트율–왜곡</translation>
    </message>
    <message>
        <source>Error and speed</source>
        <translation>오차와 속도</translation>
    </message>
    <message>
        <source>at 1 bit</source>
        <translation>1비트 기준</translation>
    </message>
    <message>
        <source>at %1 bits</source>
        <translation>%1비트 기준</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>To bound</source>
        <translation>한계까지</translation>
    </message>
    <message>
        <source>What the plot shows</source>
        <translation>그래프에 표시할 값</translation>
    </message>
    <message>
        <source>SQNR of the rate–distortion limit at the rate of a run&apos;s codes, minus the run&apos;s</source>
        <translation>실행 결과의 부호 비트율에서 비트율–왜곡 한계의 SQNR에서 실행 결과의 SQNR을 뺀 값</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>적합</translation>
    </message>
    <message>
        <source>From the values in memory to the codebook</source>
        <translation>메모리의 값에서 코드북까지</translation>
    </message>
    <message>
        <source>Encode</source>
        <translation>인코딩</translation>
    </message>
    <message>
        <source>From values to codes</source>
        <translation>값에서 코드로</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>디코딩</translation>
    </message>
    <message>
        <source>From codes to values</source>
        <translation>코드에서 값으로</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>곱</translation>
    </message>
    <message>
        <source>y = W·x straight from the codes, beside the product in float32</source>
        <translation>코드로 바로 계산한 y = W·x와 float32의 곱</translation>
    </message>
    <message>
        <source>Measured work</source>
        <translation>측정하는 작업</translation>
    </message>
    <message>
        <source>Which work&apos;s time the plot shows</source>
        <translation>그림에 시간을 표시할 작업</translation>
    </message>
    <message>
        <source>This tensor is no matrix: there is no product to measure</source>
        <translation>이 텐서는 행렬이 아니어서 측정할 곱이 없습니다</translation>
    </message>
    <message>
        <source>Only codes of 2, 3, 4 or 8 bits are multiplied as they are</source>
        <translation>2, 3, 4, 8비트 코드만 그대로 곱할 수 있습니다</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>현재 실행</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::TransferPlot</name>
    <message>
        <source>Transfer</source>
        <translation>전달 함수</translation>
    </message>
    <message>
        <source>Q(x)</source>
        <translation>Q(x)</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>아직 결과가 없습니다</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>코드 %1</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>To</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>출력값</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>폭</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ValuesModel</name>
    <message>
        <source>Position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Dequantized</source>
        <translation>역양자화 값</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>Where the value stands, slowest axis first</source>
        <translation>값의 위치. 가장 느리게 변하는 축부터 표시합니다</translation>
    </message>
    <message>
        <source>The original value x</source>
        <translation>원래 값 x</translation>
    </message>
    <message>
        <source>The bit pattern that stands for it</source>
        <translation>이를 나타내는 비트 패턴</translation>
    </message>
    <message>
        <source>What the code decodes to, Q(x)</source>
        <translation>코드를 디코딩한 값, Q(x)</translation>
    </message>
    <message>
        <source>e = x − Q(x); nearer to 0 is better</source>
        <translation>e = x − Q(x). 0에 가까울수록 좋습니다</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::GroupPicker</name>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>The group on screen; a boundary or level moved here is of this group alone</source>
        <translation>화면에 보이는 그룹. 여기서 옮긴 경계나 레벨은 이 그룹에만 적용됩니다</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>블록</translation>
    </message>
</context>
<context>
    <name>LabText</name>
    <message>
        <source>accuracy, %</source>
        <translation>정확도, %</translation>
    </message>
    <message>
        <source>accuracy lost, percentage points</source>
        <translation>정확도 손실, 퍼센트포인트</translation>
    </message>
    <message>
        <source>R² lost</source>
        <translation>R² 손실</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1포인트</translation>
    </message>
    <message>
        <source>%1-bit weights</source>
        <translation>가중치 %1비트</translation>
    </message>
    <message>
        <source>%1 / %2 bits</source>
        <translation>%1 / %2비트</translation>
    </message>
    <message>
        <source>1 bit</source>
        <translation>1비트</translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1비트</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::AccuracyBitsPlot</name>
    <message>
        <source>Accuracy and bits</source>
        <translation>정확도와 비트 수</translation>
    </message>
    <message>
        <source>weight bits, activations at %1</source>
        <translation>가중치 비트 수, 활성값 %1비트</translation>
    </message>
    <message>
        <source>Accuracy at 2 to 8 bits, a line for each method: run the methods to see it</source>
        <translation>2~8비트에서의 정확도를 방법마다 한 선으로 보여 줍니다. 방법을 실행하면 나타납니다</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 구간</translation>
    </message>
    <message>
        <source>To FP32</source>
        <translation>FP32와의 차이</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::AccuracyTimePlot</name>
    <message>
        <source>Accuracy and time</source>
        <translation>정확도와 시간</translation>
    </message>
    <message>
        <source>1 simulated row has no time</source>
        <translation>모의 실행한 1개 행에는 시간이 없습니다</translation>
    </message>
    <message>
        <source>%1 simulated rows have no time</source>
        <translation>모의 실행한 %1개 행에는 시간이 없습니다</translation>
    </message>
    <message>
        <source>1 row is not timed yet</source>
        <translation>1개 행은 아직 시간을 재지 않았습니다</translation>
    </message>
    <message>
        <source>%1 rows are not timed yet</source>
        <translation>%1개 행은 아직 시간을 재지 않았습니다</translation>
    </message>
    <message>
        <source>Accuracy against time, a disc for each method: run the methods to see it</source>
        <translation>시간에 따른 정확도를 방법마다 한 원으로 보여 줍니다. 방법을 실행하면 나타납니다</translation>
    </message>
    <message>
        <source>µs per sample, batch 1</source>
        <translation>표본당 µs, 배치 1</translation>
    </message>
    <message>
        <source>µs per sample, batch %1</source>
        <translation>표본당 µs, 배치 %1</translation>
    </message>
    <message>
        <source>↖ better</source>
        <translation>↖ 더 좋음</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 구간</translation>
    </message>
    <message>
        <source>Time per sample</source>
        <translation>표본당 시간</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>분포 폭</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>커널</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ActivationHistogramPlot</name>
    <message>
        <source>Activations</source>
        <translation>활성값</translation>
    </message>
    <message>
        <source>count</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>what enters the network</source>
        <translation>신경망에 들어가는 값</translation>
    </message>
    <message>
        <source>values after %1</source>
        <translation>%1 다음의 값</translation>
    </message>
    <message>
        <source>What flowed through the network in calibration, and the range of the codes: choose a static or QAT row to see it</source>
        <translation>보정할 때 신경망을 지난 값과 코드의 범위입니다. 정적 또는 QAT 행을 고르면 나타납니다</translation>
    </message>
    <message>
        <source>codes have no range here</source>
        <translation>여기에는 코드의 범위가 없습니다</translation>
    </message>
    <message>
        <source>range %1 … %2</source>
        <translation>범위 %1 … %2</translation>
    </message>
    <message>
        <source>about %1 outside</source>
        <translation>약 %1 벗어남</translation>
    </message>
    <message>
        <source>nothing outside</source>
        <translation>벗어난 값 없음</translation>
    </message>
    <message>
        <source>clipped</source>
        <translation>잘림</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>비율</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::ConfusionView</name>
    <message>
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>truth %1, predicted %2: %3 of %4</source>
        <translation>정답 %1, 예측 %2: %4개 중 %3개</translation>
    </message>
    <message>
        <source>Which classes are taken for which: choose a row of the methods to see it</source>
        <translation>어느 클래스를 어느 클래스로 예측하는지 보여 줍니다. 방법의 행을 고르면 나타납니다</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Mistaken</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>표본</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1개</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>비율</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SampleCardDelegate</name>
    <message>
        <source>and %1 more</source>
        <translation>외 %1개</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>정답</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SampleCardModel</name>
    <message>
        <source>Sample %1, truth %2</source>
        <translation>표본 %1, 정답 %2</translation>
    </message>
    <message>
        <source>%1: %2, right</source>
        <translation>%1: %2, 맞음</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SampleGrid</name>
    <message>
        <source>The samples on which methods disagree: run the methods to see them</source>
        <translation>방법마다 예측이 다른 표본입니다. 방법을 실행하면 나타납니다</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>표본</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::SensitivityPlot</name>
    <message>
        <source>Layer sensitivity</source>
        <translation>층별 민감도</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>What each layer loses when it alone is quantized: run the methods to see it</source>
        <translation>한 층만 양자화할 때 잃는 정확도입니다. 방법을 실행하면 나타납니다</translation>
    </message>
    <message>
        <source>one layer at</source>
        <translation>한 층만</translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1비트</translation>
    </message>
    <message>
        <source>the rest in FP32</source>
        <translation>나머지는 FP32</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::TrainingCurvePlot</name>
    <message>
        <source>Training curve</source>
        <translation>학습 곡선</translation>
    </message>
    <message>
        <source>Loss by epoch, while the network is trained</source>
        <translation>신경망을 학습하는 동안의 에폭별 손실입니다</translation>
    </message>
    <message>
        <source>loss by epoch</source>
        <translation>에폭별 손실</translation>
    </message>
    <message>
        <source>accuracy by epoch, %</source>
        <translation>에폭별 정확도, %</translation>
    </message>
    <message>
        <source>R² by epoch</source>
        <translation>에폭별 R²</translation>
    </message>
    <message>
        <source>epoch %1: training %2, test %3</source>
        <translation>에폭 %1: 학습 %2, 시험 %3</translation>
    </message>
    <message>
        <source>test</source>
        <translation>시험</translation>
    </message>
    <message>
        <source>training</source>
        <translation>학습</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabConfusion</name>
    <message>
        <source>%1, %2 / %3 bits</source>
        <translation>%1, %2 / %3비트</translation>
    </message>
    <message>
        <source>Confusion of the selected row</source>
        <translation>선택한 행의 혼동 행렬</translation>
    </message>
    <message>
        <source>Confusion of the row beside it</source>
        <translation>비교하는 행의 혼동 행렬</translation>
    </message>
    <message>
        <source>Samples on which the two rows disagree</source>
        <translation>두 행의 답이 다른 표본</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>비교 대상</translation>
    </message>
    <message>
        <source>The row beside the selected one</source>
        <translation>선택한 행과 비교할 행</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>혼동</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>표본</translation>
    </message>
    <message>
        <source>%1 taken for %2: %3</source>
        <translation>%1을(를) %2(으)로: %3</translation>
    </message>
    <message>
        <source>They disagree on %1</source>
        <translation>서로 다른 표본 %1</translation>
    </message>
    <message>
        <source>Choose another row beside the selected one.</source>
        <translation>선택한 행과 비교할 다른 행을 고르십시오.</translation>
    </message>
    <message>
        <source>The two rows give every test sample the same class.</source>
        <translation>두 행이 모든 시험 표본을 같은 클래스로 분류합니다.</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::AdviceCard</name>
    <message>
        <source>Advice</source>
        <translation>조언</translation>
    </message>
    <message>
        <source>Results are of the settings before; run again.</source>
        <translation>이전 설정의 결과입니다. 다시 실행하십시오.</translation>
    </message>
    <message>
        <source>Methods are being compared</source>
        <translation>방법을 비교하는 중</translation>
    </message>
    <message>
        <source>Rows appear as they are evaluated; times follow when all are, so that none disturbs another.</source>
        <translation>평가되는 대로 행이 나타납니다. 서로 방해하지 않도록 시간은 모두 평가된 뒤에 측정합니다.</translation>
    </message>
    <message>
        <source>Stopped before times were measured</source>
        <translation>시간을 측정하기 전에 중지됨</translation>
    </message>
    <message>
        <source>Run all methods for advice from what was measured.</source>
        <translation>측정에 근거한 조언을 얻으려면 모든 방법을 실행하십시오.</translation>
    </message>
    <message>
        <source>Which way of quantizing should this network take?</source>
        <translation>이 신경망은 어떤 방식으로 양자화해야 할까요?</translation>
    </message>
    <message>
        <source>Run all methods: the network is trained, then each method is evaluated on the test samples and timed. The answer stands here, with what it rests on.</source>
        <translation>모든 방법을 실행하십시오. 신경망을 학습한 뒤 각 방법을 시험 표본으로 평가하고 시간을 잽니다. 답과 그 근거가 여기에 나타납니다.</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabActivations</name>
    <message>
        <source>Linear</source>
        <translation>선형</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Place in the network</source>
        <translation>신경망 안의 위치</translation>
    </message>
    <message>
        <source>Where in the network the values flowed</source>
        <translation>값이 흐른 신경망 안의 위치</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>Heights as the counts</source>
        <translation>높이가 개수</translation>
    </message>
    <message>
        <source>Heights as the logarithms of the counts: rare values are seen, too</source>
        <translation>높이가 개수의 로그: 드문 값도 보임</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>활성값</translation>
    </message>
    <message>
        <source>of a row that is static or QAT: select one above</source>
        <translation>정적 또는 QAT 행의 것: 위에서 하나를 선택</translation>
    </message>
    <message>
        <source>After %1</source>
        <translation>%1 다음</translation>
    </message>
    <message>
        <source>%1, %2 / %3 bits</source>
        <translation>%1, %2 / %3비트</translation>
    </message>
    <message>
        <source>What enters the network</source>
        <translation>신경망에 들어오는 값</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabDataSection</name>
    <message>
        <source>%1 samples, %2 features</source>
        <translation>표본 %1, 특징 %2</translation>
    </message>
    <message>
        <source>%1 images, %2</source>
        <translation>이미지 %1, %2</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Samples to learn from: a table (CSV, TSV) with a column of labels, or arrays x and y (NPZ, safetensors)</source>
        <translation>학습할 표본: 레이블 열이 있는 표(CSV, TSV) 또는 배열 x와 y(NPZ, safetensors)</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>The column that is to be predicted</source>
        <translation>예측할 열</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>과제</translation>
    </message>
    <message>
        <source>Whether labels are classes to tell apart or numbers to come near to</source>
        <translation>레이블이 구별할 클래스인지 근접해야 할 수인지</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>수</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>시험 비율</translation>
    </message>
    <message>
        <source>Share of the samples that training never sees and accuracy is measured on</source>
        <translation>학습에 쓰지 않고 정확도를 재는 표본의 비율</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Of the split, the first weights and the order of samples: the same seed, the same results</source>
        <translation>분할, 첫 가중치, 표본 순서의 시드: 같은 시드면 같은 결과</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>척도</translation>
    </message>
    <message>
        <source>How inputs are normalised, by the training part alone: all together to 0 … 1, or each feature to mean 0 and deviation 1</source>
        <translation>학습 부분만으로 입력을 정규화하는 방법: 모두 함께 0 … 1로, 또는 특징마다 평균 0과 편차 1로</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>0 … 1</source>
        <translation>0 … 1</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>표준화</translation>
    </message>
    <message>
        <source>change the test share</source>
        <translation>시험 비율 변경</translation>
    </message>
    <message>
        <source>change the seed</source>
        <translation>시드 변경</translation>
    </message>
    <message>
        <source>change the scale</source>
        <translation>척도 변경</translation>
    </message>
    <message>
        <source>Open data to learn from</source>
        <translation>학습할 데이터 열기</translation>
    </message>
    <message>
        <source>Tables and arrays (%1)</source>
        <translation>표와 배열 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Handwritten digits</source>
        <translation>손글씨 숫자</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>파일 열기…</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabExportDialog</name>
    <message>
        <source>Export from the model lab</source>
        <translation>모델 실험실에서 내보내기</translation>
    </message>
    <message>
        <source>The export failed</source>
        <translation>내보내지 못함</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>내보낼 내용</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Choose a file and write it</source>
        <translation>파일을 골라 저장</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>The methods table: accuracy with its interval, times, size and energy of every row.</source>
        <translation>방법 표: 각 행의 정확도와 구간, 시간, 크기, 에너지.</translation>
    </message>
    <message>
        <source>Accuracy and bits</source>
        <translation>정확도와 비트</translation>
    </message>
    <message>
        <source>Accuracy at 2 to 8 bits, a row a point.</source>
        <translation>2~8비트의 정확도, 점마다 한 행.</translation>
    </message>
    <message>
        <source>Layer sensitivity</source>
        <translation>층 민감도</translation>
    </message>
    <message>
        <source>What quantizing one layer alone loses, a row a layer and width.</source>
        <translation>한 층만 양자화할 때의 손실, 층과 비트 폭마다 한 행.</translation>
    </message>
    <message>
        <source>Quantized network</source>
        <translation>양자화된 신경망</translation>
    </message>
    <message>
        <source>%1 at %2 / %3 bits: codes, scales, zero points and biases.</source>
        <translation>%1, %2 / %3비트: 코드, 스케일, 영점, 편향.</translation>
    </message>
    <message>
        <source>Plot: %1</source>
        <translation>그림: %1</translation>
    </message>
    <message>
        <source>The plot as it is on screen.</source>
        <translation>화면에 보이는 그림.</translation>
    </message>
    <message>
        <source>Vector picture (.svg)</source>
        <translation>벡터 그림 (.svg)</translation>
    </message>
    <message>
        <source>Vector page (.pdf)</source>
        <translation>벡터 페이지 (.pdf)</translation>
    </message>
    <message>
        <source>Picture (.png)</source>
        <translation>그림 (.png)</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Settings, advice, plots, tables and where the data came from, in one file.</source>
        <translation>설정, 조언, 그림, 표, 데이터 출처를 한 파일에.</translation>
    </message>
    <message>
        <source>Web page (.html)</source>
        <translation>웹 페이지 (.html)</translation>
    </message>
    <message>
        <source>Pages (.pdf)</source>
        <translation>페이지 (.pdf)</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>내보낼 위치</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabMethodsModel</name>
    <message>
        <source>Simulated: evaluated exactly, but no kernels of this width ran, so no time is claimed</source>
        <translation>모의: 정확히 평가했지만 이 비트 폭의 커널이 실행되지 않아 시간을 제시하지 않음</translation>
    </message>
    <message>
        <source>Ran on %1</source>
        <translation>실행: %1</translation>
    </message>
    <message>
        <source>%1 of %2 test samples are right</source>
        <translation>시험 표본 %2개 중 %1개 정답</translation>
    </message>
    <message>
        <source>95 % interval (Wilson): %1 to %2 %</source>
        <translation>95 % 구간(Wilson): %1 ~ %2 %</translation>
    </message>
    <message>
        <source>Less FP32: %1 points, from %2 to %3; McNemar&apos;s p = %4</source>
        <translation>FP32와의 차이: %1포인트, %2 ~ %3. 맥니마 p = %4</translation>
    </message>
    <message>
        <source>Median of %1 runs, from %2 to %3 µs</source>
        <translation>%1회 실행의 중앙값, %2 ~ %3 µs</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>Read from the processor (RAPL)</source>
        <translation>프로세서에서 읽음(RAPL)</translation>
    </message>
    <message>
        <source>Estimated from operation counts (Horowitz, ISSCC 2014)</source>
        <translation>연산 수로 추정(Horowitz, ISSCC 2014)</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>모의</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Bits, W / A</source>
        <translation>비트, W / A</translation>
    </message>
    <message>
        <source>Accuracy, % (95 % CI)</source>
        <translation>정확도, % (95 % CI)</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>Batch 1, µs</source>
        <translation>배치 1, µs</translation>
    </message>
    <message>
        <source>Batch %1, µs/sample</source>
        <translation>배치 %1, µs/표본</translation>
    </message>
    <message>
        <source>Size, KiB</source>
        <translation>크기, KiB</translation>
    </message>
    <message>
        <source>Energy, µJ (RAPL)</source>
        <translation>에너지, µJ (RAPL)</translation>
    </message>
    <message>
        <source>Energy, µJ (est.)</source>
        <translation>에너지, µJ (추정)</translation>
    </message>
    <message>
        <source>Interval of accuracy</source>
        <translation>정확도의 구간</translation>
    </message>
    <message>
        <source>How the network computes; a click selects it in the plots</source>
        <translation>신경망의 계산 방식. 클릭하면 그림에서 선택됨</translation>
    </message>
    <message>
        <source>Bits of a weight and of an activation</source>
        <translation>가중치와 활성값의 비트</translation>
    </message>
    <message>
        <source>Share of the test samples that are right, and half the width of its 95 % interval (Wilson 1927); higher is better</source>
        <translation>맞힌 시험 표본의 비율과 95 % 구간(Wilson 1927) 너비의 절반. 높을수록 좋음</translation>
    </message>
    <message>
        <source>1 − Σ(y − ŷ)²/Σ(y − ȳ)² on the test samples; higher is better</source>
        <translation>시험 표본에서 1 − Σ(y − ŷ)²/Σ(y − ȳ)². 높을수록 좋음</translation>
    </message>
    <message>
        <source>The 95 % interval of the accuracy, in per cent: where two overlap, the test cannot tell</source>
        <translation>정확도의 95 % 구간(%): 둘이 겹치면 시험으로 구별할 수 없음</translation>
    </message>
    <message>
        <source>Median time of one sample alone; lower is better</source>
        <translation>표본 하나만 처리하는 시간의 중앙값. 낮을수록 좋음</translation>
    </message>
    <message>
        <source>Median time of a batch over its samples; lower is better</source>
        <translation>배치 시간의 중앙값을 표본 수로 나눈 값. 낮을수록 좋음</translation>
    </message>
    <message>
        <source>Weights, scales, zero points, codebooks and biases; lower is better</source>
        <translation>가중치, 스케일, 영점, 코드북, 편향. 낮을수록 좋음</translation>
    </message>
    <message>
        <source>What the processor used for one sample, by its own counters; lower is better</source>
        <translation>프로세서 계수기로 잰 표본 하나의 에너지. 낮을수록 좋음</translation>
    </message>
    <message>
        <source>Of one sample, from operation counts (Horowitz, ISSCC 2014); lower is better</source>
        <translation>연산 수로 추정한 표본 하나의 에너지(Horowitz, ISSCC 2014). 낮을수록 좋음</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabModelSection</name>
    <message>
        <source>Networks (%1)</source>
        <translation>신경망 (%1)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Training curve</source>
        <translation>학습 곡선</translation>
    </message>
    <message>
        <source>Fit the network from new weights; methods start from it</source>
        <translation>새 가중치부터 신경망을 학습. 모든 방법이 여기서 시작</translation>
    </message>
    <message>
        <source>Hold the training and go on later</source>
        <translation>학습을 멈추고 나중에 계속</translation>
    </message>
    <message>
        <source>End the training here and keep the network as it is</source>
        <translation>학습을 여기서 끝내고 지금의 신경망을 유지</translation>
    </message>
    <message>
        <source>A trained network from a safetensors file, in place of one trained here</source>
        <translation>여기서 학습한 것 대신 safetensors 파일의 학습된 신경망</translation>
    </message>
    <message>
        <source>The trained network as safetensors, named as PyTorch does</source>
        <translation>학습된 신경망을 PyTorch 이름의 safetensors로</translation>
    </message>
    <message>
        <source>Training settings</source>
        <translation>학습 설정</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>change the layers</source>
        <translation>층 변경</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>How often training passes over all samples</source>
        <translation>학습이 모든 표본을 훑는 횟수</translation>
    </message>
    <message>
        <source>change the epochs</source>
        <translation>에폭 변경</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>활성 함수</translation>
    </message>
    <message>
        <source>The function between layers</source>
        <translation>층 사이의 함수</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Tanh</source>
        <translation>Tanh</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>시그모이드</translation>
    </message>
    <message>
        <source>change the activation</source>
        <translation>활성 함수 변경</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>최적화</translation>
    </message>
    <message>
        <source>Adam with decoupled weight decay, or gradient descent with momentum</source>
        <translation>분리된 가중치 감쇠를 쓰는 Adam 또는 모멘텀을 쓰는 경사 하강법</translation>
    </message>
    <message>
        <source>change the optimizer</source>
        <translation>최적화 변경</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>The learning rate: how far a step goes</source>
        <translation>학습률: 한 걸음의 크기</translation>
    </message>
    <message>
        <source>change the learning rate</source>
        <translation>학습률 변경</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>How much of the last step goes on, of SGD</source>
        <translation>앞 걸음이 이어지는 정도(SGD)</translation>
    </message>
    <message>
        <source>change the momentum</source>
        <translation>모멘텀 변경</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>감쇠</translation>
    </message>
    <message>
        <source>Weight decay: a step takes off rate × decay of each weight</source>
        <translation>가중치 감쇠: 한 걸음마다 각 가중치에서 학습률 × 감쇠만큼 줄임</translation>
    </message>
    <message>
        <source>change the weight decay</source>
        <translation>가중치 감쇠 변경</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Samples a step</source>
        <translation>한 걸음의 표본 수</translation>
    </message>
    <message>
        <source>change the batch size</source>
        <translation>배치 크기 변경</translation>
    </message>
    <message>
        <source>Cosine schedule</source>
        <translation>코사인 일정</translation>
    </message>
    <message>
        <source>The rate falls to 0 along half a cosine; otherwise it stays</source>
        <translation>학습률이 반 코사인을 따라 0으로 줄어듦. 아니면 그대로</translation>
    </message>
    <message>
        <source>change the schedule</source>
        <translation>일정 변경</translation>
    </message>
    <message>
        <source>Open network</source>
        <translation>신경망 열기</translation>
    </message>
    <message>
        <source>Save network</source>
        <translation>신경망 저장</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>매개변수 %1</translation>
    </message>
    <message>
        <source>Train again</source>
        <translation>다시 학습</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabOverview</name>
    <message>
        <source>Batch 1</source>
        <translation>배치 1</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>큰 배치</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>순서대로</translation>
    </message>
    <message>
        <source>By loss</source>
        <translation>손실순</translation>
    </message>
    <message>
        <source>Accuracy and time</source>
        <translation>정확도와 시간</translation>
    </message>
    <message>
        <source>Accuracy and bits</source>
        <translation>정확도와 비트</translation>
    </message>
    <message>
        <source>Layer sensitivity</source>
        <translation>층 민감도</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Time of one sample alone</source>
        <translation>표본 하나만의 시간</translation>
    </message>
    <message>
        <source>Time a sample in the large batch; area of a disc: size</source>
        <translation>큰 배치에서 표본당 시간. 원의 넓이: 크기</translation>
    </message>
    <message>
        <source>Order of layers</source>
        <translation>층의 순서</translation>
    </message>
    <message>
        <source>From input to output</source>
        <translation>입력에서 출력으로</translation>
    </message>
    <message>
        <source>The most sensitive layer first; a double click opens its weights in Explore</source>
        <translation>가장 민감한 층부터. 두 번 클릭하면 그 가중치가 탐색에서 열림</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>bubble area: size</source>
        <translation>원의 넓이: 크기</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabPage</name>
    <message>
        <source>Laboratory views</source>
        <translation>실험실 보기</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>활성값</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>혼동</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Trained in %1 s</source>
        <translation>%1초 동안 학습</translation>
    </message>
    <message>
        <source>Network from a file</source>
        <translation>파일의 신경망</translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation>스레드 1개</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>스레드 %1개</translation>
    </message>
    <message>
        <source>measured on %1, %2, median of %3 runs</source>
        <translation>%1, %2에서 측정, %3회 실행의 중앙값</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>%1 test samples · seed %2</source>
        <translation>시험 표본 %1 · 시드 %2</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabPanel</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Run all methods</source>
        <translation>모든 방법 실행</translation>
    </message>
    <message>
        <source>Stop and keep the last results (Esc)</source>
        <translation>중지하고 마지막 결과를 유지 (Esc)</translation>
    </message>
    <message>
        <source>Train where that is due, then evaluate and time every method (F5)</source>
        <translation>필요하면 학습한 뒤 모든 방법을 평가하고 시간 측정 (F5)</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabQuantizationSection</name>
    <message>
        <source>Integers</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>양자화</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>더 많은 설정</translation>
    </message>
    <message>
        <source>change %1</source>
        <translation>%1 변경</translation>
    </message>
    <message>
        <source>Weight bits</source>
        <translation>가중치 비트</translation>
    </message>
    <message>
        <source>Of all methods; at 8 bits integer kernels run, other widths are simulated</source>
        <translation>모든 방법의 폭. 8비트에서는 정수 커널이 실행되고 다른 폭은 모의</translation>
    </message>
    <message>
        <source>Input bits</source>
        <translation>입력 비트</translation>
    </message>
    <message>
        <source>Of activations, what flows between the layers; at 8 bits integer kernels run</source>
        <translation>층 사이로 흐르는 활성값의 폭. 8비트에서 정수 커널이 실행됨</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>Training samples from which ranges of activations are found</source>
        <translation>활성값의 범위를 찾는 학습 표본</translation>
    </message>
    <message>
        <source> samples</source>
        <translation> 표본</translation>
    </message>
    <message>
        <source>Observer</source>
        <translation>관측기</translation>
    </message>
    <message>
        <source>How a range is found from what flowed: the extremes, the middle 99.9 %, the least squared error, the least divergence, PyTorch&apos;s histogram search</source>
        <translation>흐른 값에서 범위를 찾는 방법: 양 끝, 가운데 99.9 %, 최소 제곱 오차, 최소 발산, PyTorch의 히스토그램 탐색</translation>
    </message>
    <message>
        <source>QAT epochs</source>
        <translation>QAT 에폭</translation>
    </message>
    <message>
        <source>Of quantization-aware training, and of FP32 that is trained on beside it</source>
        <translation>양자화 인식 학습과 나란히 더 학습하는 FP32의 에폭</translation>
    </message>
    <message>
        <source>Weights by</source>
        <translation>가중치 단위</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>One scale for all weights of a layer, or one for each of its outputs</source>
        <translation>층의 모든 가중치에 스케일 하나, 또는 출력마다 하나</translation>
    </message>
    <message>
        <source>Weights as</source>
        <translation>가중치 형식</translation>
    </message>
    <message>
        <source>Integers, or a codebook that the weights decide; a codebook is simulated, and QAT keeps integers</source>
        <translation>정수 또는 가중치가 정하는 코드북. 코드북은 모의이고 QAT는 정수를 씀</translation>
    </message>
    <message>
        <source>Symmetric weights</source>
        <translation>대칭 가중치</translation>
    </message>
    <message>
        <source>Codes about 0, without a zero point</source>
        <translation>영점 없이 0을 중심으로 한 코드</translation>
    </message>
    <message>
        <source>Symmetric activations</source>
        <translation>대칭 활성값</translation>
    </message>
    <message>
        <source>Signed codes about 0, without a zero point</source>
        <translation>영점 없이 0을 중심으로 한 부호 있는 코드</translation>
    </message>
    <message>
        <source>Bias correction</source>
        <translation>편향 보정</translation>
    </message>
    <message>
        <source>Biases make up for what quantization takes off the mean of each output (Nagel et al. 2019)</source>
        <translation>양자화로 달라진 각 출력의 평균을 편향으로 보정 (Nagel et al. 2019)</translation>
    </message>
    <message>
        <source>Learned steps</source>
        <translation>학습된 간격</translation>
    </message>
    <message>
        <source>QAT trains the step sizes, too (Esser et al. 2020)</source>
        <translation>QAT가 양자화 간격도 학습 (Esser et al. 2020)</translation>
    </message>
    <message>
        <source>Large batch</source>
        <translation>큰 배치</translation>
    </message>
    <message>
        <source>Samples of the batch that is timed beside batch 1</source>
        <translation>배치 1과 함께 시간을 재는 배치의 표본 수</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>That times are measured with</source>
        <translation>시간을 잴 때 쓰는 스레드 수</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabSession</name>
    <message>
        <source>The laboratory stopped</source>
        <translation>실험이 중지됨</translation>
    </message>
    <message>
        <source>The data could not be read</source>
        <translation>데이터를 읽을 수 없음</translation>
    </message>
    <message>
        <source>open a network</source>
        <translation>신경망 열기</translation>
    </message>
    <message>
        <source>The network could not be opened</source>
        <translation>신경망을 열 수 없음</translation>
    </message>
    <message>
        <source>The file could not be written</source>
        <translation>파일을 쓸 수 없음</translation>
    </message>
    <message>
        <source>%1 could not be made</source>
        <translation>%1을(를) 만들 수 없음</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>읽는 중</translation>
    </message>
    <message>
        <source>Training is paused</source>
        <translation>학습이 일시 중지됨</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Training, epoch %1 of %2</source>
        <translation>학습 중, 에폭 %1 / %2</translation>
    </message>
    <message>
        <source>Evaluating %1</source>
        <translation>%1 평가 중</translation>
    </message>
    <message>
        <source>Evaluating %1 at %2 / %3 bits</source>
        <translation>%1 평가 중, %2 / %3비트</translation>
    </message>
    <message>
        <source>Waiting until nothing else runs, to measure times</source>
        <translation>시간을 재기 위해 다른 작업이 끝나기를 기다리는 중</translation>
    </message>
    <message>
        <source>Measuring times</source>
        <translation>시간 측정 중</translation>
    </message>
    <message>
        <source>Accuracy at 2 to 8 bits</source>
        <translation>2~8비트의 정확도</translation>
    </message>
    <message>
        <source>Sensitivity of layers</source>
        <translation>층의 민감도</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LabTraining</name>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>표시할 값</translation>
    </message>
    <message>
        <source>Mean loss by epoch, of the training and the test part</source>
        <translation>에폭별 평균 손실, 학습과 시험 부분</translation>
    </message>
    <message>
        <source>Accuracy by epoch, of the training and the test part</source>
        <translation>에폭별 정확도, 학습과 시험 부분</translation>
    </message>
    <message>
        <source>Training curve, %1</source>
        <translation>학습 곡선, %1</translation>
    </message>
    <message>
        <source>Training curves</source>
        <translation>학습 곡선</translation>
    </message>
    <message>
        <source>the network, and methods that are trained on from it</source>
        <translation>신경망과, 그로부터 더 학습한 방법</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Whose training is shown</source>
        <translation>보일 학습</translation>
    </message>
    <message>
        <source>Network in float32</source>
        <translation>float32 신경망</translation>
    </message>
    <message>
        <source>%1, %2 / %3 bits</source>
        <translation>%1, %2 / %3비트</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::LayersField</name>
    <message>
        <source>Hidden layers in order. A number is a dense layer, conv8 a convolution of 8 channels by 3 × 3 (conv16x5: 5 × 5), pool2 and avgpool2 windows of 2 × 2, bn a batch norm of the layer before it: conv8, bn, pool2, 64</source>
        <translation>순서대로 쓴 은닉층. 수는 밀집층, conv8은 3 × 3의 8채널 합성곱(conv16x5: 5 × 5), pool2와 avgpool2는 2 × 2 창, bn은 앞 층의 배치 정규화: conv8, bn, pool2, 64</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>no hidden layer</source>
        <translation>은닉층 없음</translation>
    </message>
</context>
<context>
    <name>quantoscope::ui::MethodsTable</name>
    <message>
        <source>Methods</source>
        <translation>방법</translation>
    </message>
</context>
</TS>
