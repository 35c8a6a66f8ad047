@echo off
rem Runs Levin. JAVA_HOME chooses the Java, JAVA_OPTS adds options for it.
setlocal
set "LEVIN_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED ^
  --sun-misc-unsafe-memory-access=allow -Xshare:auto %JAVA_OPTS% ^
  "-Dlevin.home=%LEVIN_DIR%" -jar "%LEVIN_DIR%\levin.jar" %*
exit /b %ERRORLEVEL%
