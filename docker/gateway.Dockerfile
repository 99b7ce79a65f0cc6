# Build the jars first: mvn -DskipTests package. Then, from the project's root: docker build -f docker/gateway.Dockerfile -t plumbline/gateway .
FROM eclipse-temurin:17-jre
ENV ORT_DISABLE_TELEMETRY=1 \
    MALLOC_ARENA_MAX=2 \
    QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8081 \
    JAVA_OPTS="-Xmx128m -XX:+UseSerialGC -XX:MetaspaceSize=64m -XX:TrimNativeHeapInterval=5000"
RUN useradd --system --create-home --home-dir /var/lib/plumbline plumbline
COPY --chown=plumbline edge-gateway/service/target/quarkus-app/ /opt/plumbline/
USER plumbline
VOLUME /var/lib/plumbline
EXPOSE 8081
ENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -jar /opt/plumbline/quarkus-run.jar"]
