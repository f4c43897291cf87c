# Runs the trials that are too long for tests. Sourced; needs maven and a JDK.

trial() { # CLASS ARGS... ; with a heap of HEAP, 2g unless said
  maven -q -pl trials -am package dependency:build-classpath \
    -DskipTests -Dmdep.outputFile=target/classpath
  "$JAVA_HOME/bin/java" "-Xmx${HEAP:-2g}" --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow \
    -cp "trials/target/classes:$(cat trials/target/classpath)" "dev.freshet.trials.$1" "${@:2}"
}
