package io.plumbline.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The documents of the HTTP interfaces against the code that answers. */
class OpenApiTest {

    private static final Path FOLDER =
            Product.root().resolve("fleet-config/contract/src/main/resources/io/plumbline/contract");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head");
    private static final JavaClasses PRODUCT = Product.classes();

    @ParameterizedTest
    @ValueSource(strings = {"fleet", "registry"})
    void theDocumentListsExactlyTheRequestsThatTheServiceAnswers(String service) {
        assertThat(told(service)).isEqualTo(answered(service)).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fleet", "registry"})
    void everyPathParameterAndEverySchemaIsThere(String service) throws IOException {
        var text = Files.readString(FOLDER.resolve(name(service)));
        var document = document(service);
        var references = Pattern.compile("\\$ref: '([^']+)'")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(references).hasSizeGreaterThan(8).allSatisfy(reference -> {
            if (reference.startsWith("#/")) {
                assertThat(at(document, reference.substring(2))).as(reference).isNotNull();
            } else {
                assertThat(FOLDER.resolve(reference)).exists();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fleet", "registry"})
    void everyRequestHasAnswersAndANameOfItsOwn(String service) {
        var names = new TreeSet<String>();
        map(document(service).get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        var told = map(operation);
                        assertThat(names.add(String.valueOf(told.get("operationId"))))
                                .as("%s %s", method, path)
                                .isTrue();
                        assertThat(map(told.get("responses")).keySet()).anyMatch(code -> code.startsWith("2"));
                    }
                }));
        assertThat(names).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "fleet, RolloutRequest, io.plumbline.fleet.adapter.http.RolloutResource$Request",
        "fleet, Order, io.plumbline.fleet.adapter.http.RolloutResource$Order",
        "fleet, RolloutDevice, io.plumbline.fleet.adapter.http.RolloutResource$Device",
        "fleet, RolloutOutlook, io.plumbline.contract.declared.RolloutOutlook",
        "fleet, Overview, io.plumbline.contract.fleet.FleetOverview",
        "fleet, AppliedFile, AppliedFile",
        "fleet, FileVersion, FileVersion",
        "fleet, AlertBoard, io.plumbline.contract.fleet.AlertBoard",
        "fleet, Sink, io.plumbline.contract.fleet.AlertBoard$SinkView",
        "fleet, Acknowledgement, io.plumbline.fleet.adapter.http.AlertResource$Acknowledge",
        "fleet, SilenceRequest, io.plumbline.fleet.adapter.http.AlertResource$Silence",
        "fleet, Silence, io.plumbline.contract.fleet.AlertSilence",
        "fleet, Invitation, io.plumbline.contract.enrolment.InvitationRequest",
        "fleet, NewInvitation, io.plumbline.contract.enrolment.NewInvitation",
        "fleet, Enrolment, io.plumbline.contract.enrolment.EnrolmentRequest",
        "fleet, Enrolled, io.plumbline.contract.enrolment.Enrolled",
        "fleet, AuditEntry, AuditEntry",
        "fleet, Glimpse, io.plumbline.contract.fleet.Glimpse",
        "fleet, Found, io.plumbline.contract.message.Frame$Found",
        "registry, Recalibration, io.plumbline.contract.artifact.RecalibrationView",
        "registry, Line, io.plumbline.contract.artifact.RecalibrationView$Line",
        "registry, Demand, io.plumbline.contract.artifact.RecalibrationView$Demand"
    })
    void aSchemaHasTheFieldsOfItsRecord(String service, String schema, String record) {
        var told = map(at(document(service), "components/schemas/" + schema + "/properties"));
        var found = record.contains(".") ? PRODUCT.get(record) : named(record);
        assertThat(told.keySet()).isEqualTo(fields(found));
    }

    @Test
    void aRequestThatChangesSomethingSaysWhoMay() {
        map(document("fleet").get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (METHODS.contains(method) && !method.equals("get") && !path.equals("/api/v1/fleet/diff")) {
                        assertThat(map(operation)).as("%s %s", method, path).containsKey("security");
                    }
                }));
    }

    private static JavaClass named(String name) {
        return PRODUCT.stream()
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> fields(JavaClass record) {
        return record.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .map(JavaField::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> told(String service) {
        var requests = new TreeSet<String>();
        map(document(service).get("paths"))
                .forEach((path, item) -> map(item).keySet().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> requests.add(method + " " + path)));
        return requests;
    }

    /** But for the pages for people and the interface of OCI, which has a document of its own. */
    private static Set<String> answered(String service) {
        return PRODUCT.stream()
                .filter(type -> type.getPackageName().startsWith("io.plumbline." + service + ".adapter."))
                .filter(type -> path(type).isPresent())
                .flatMap(type -> type.getMethods().stream().flatMap(method -> requests(type, method)))
                .filter(request -> request.contains(" /api/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> requests(JavaClass type, JavaMethod method) {
        return method.getAnnotations().stream()
                .map(annotation -> annotation.getRawType().getSimpleName().toLowerCase(Locale.ROOT))
                .filter(METHODS::contains)
                .map(verb -> verb + " "
                        + ("/" + path(type).orElse("") + "/" + path(method).orElse(""))
                                .replaceAll("/+", "/")
                                .replaceAll("(.)/$", "$1"));
    }

    private static Optional<String> path(HasAnnotations<?> element) {
        return element.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().getName().equals("jakarta.ws.rs.Path"))
                .findFirst()
                .flatMap((JavaAnnotation<?> annotation) -> annotation.get("value"))
                .map(String::valueOf);
    }

    private static String name(String service) {
        return "openapi-" + service + ".yaml";
    }

    private static Map<String, Object> document(String service) {
        return map(new Yaml().load(String.join("\n", Product.lines(FOLDER.resolve(name(service))))));
    }

    private static Object at(Map<String, Object> document, String place) {
        Object found = document;
        for (var step : List.of(place.split("/"))) {
            found = map(found).get(step);
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
