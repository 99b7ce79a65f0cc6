# Build the jars first: mvn -DskipTests package. Then, from the project's root: docker build -f docker/registry.Dockerfile -t plumbline/registry .
FROM eclipse-temurin:17-jre
ENV ORT_DISABLE_TELEMETRY=1 \
    QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8084 \
    JAVA_OPTS="-Xmx128m -XX:+UseSerialGC"
RUN useradd --system --create-home --home-dir /var/lib/plumbline plumbline
COPY --chown=plumbline model-registry/service/target/quarkus-app/ /opt/plumbline/
USER plumbline
VOLUME /var/lib/plumbline
EXPOSE 8084
ENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -jar /opt/plumbline/quarkus-run.jar"]
