# Installs the build in BUILD under PREFIX, checks that the parts a desktop looks for are there, and runs the programs.
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
set(id org.quantoscope.Quantoscope)
foreach(part
    bin/quantoscope bin/quantoscope-cli share/applications/${id}.desktop share/metainfo/${id}.metainfo.xml
    share/icons/hicolor/scalable/apps/${id}.svg)
  if(NOT EXISTS ${PREFIX}/${part})
    message(FATAL_ERROR "not installed: ${part}")
  endif()
endforeach()
foreach(program quantoscope-cli quantoscope)
  execute_process(COMMAND ${PREFIX}/bin/${program} --version WORKING_DIRECTORY ${PREFIX}
    OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
  if(NOT version MATCHES "[0-9]+\\.[0-9]+\\.[0-9]+")
    message(FATAL_ERROR "${program} --version printed: ${version}")
  endif()
endforeach()
