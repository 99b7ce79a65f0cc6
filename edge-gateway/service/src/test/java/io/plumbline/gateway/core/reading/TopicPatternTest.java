package io.plumbline.gateway.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

    private final TopicPattern pattern = TopicPattern.of("sites/{site}/motes/{device}/climate", new SiteId("north"));

    @Test
    void subscribesToItsOwnSiteOnly() {
        assertThat(pattern.filters()).containsExactly("sites/north/motes/+/climate");
    }

    @Test
    void theTopicsOfSparkplugDataAreThoseOfTheBirthsToo() {
        // When
        var devices = TopicPattern.of("spBv1.0/{site}/DDATA/{edge}/{device}", new SiteId("north"));
        var edges = TopicPattern.of("spBv1.0/plant/NDATA/{device}", new SiteId("north"));

        // Then
        assertThat(devices.filters()).containsOnly("spBv1.0/north/DDATA/+/+", "spBv1.0/north/DBIRTH/+/+");
        assertThat(devices.device("spBv1.0/north/DBIRTH/any edge/north-1")).contains(new DeviceId("north-1"));
        assertThat(devices.matches("spBv1.0/north/DCMD/edge/north-1")).isFalse();
        assertThat(devices.matches("spBv1.0/north/DDATA//north-1")).isFalse();
        assertThat(edges.filters()).containsOnly("spBv1.0/plant/NDATA/+", "spBv1.0/plant/NBIRTH/+");
        assertThat(edges.matches("spBv1.0/plant/NBIRTH/north-1")).isTrue();
        assertThat(edges.matches("spBv1.0/plant/NDATA/north-1/more")).isFalse();
    }

    @Test
    void findsTheDevice() {
        assertThat(pattern.device("sites/north/motes/north-1/climate")).contains(new DeviceId("north-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sites/south/motes/south-1/climate",
                "sites/north/motes/north-1",
                "sites/north/motes/a/b/climate",
                "sites/north/motes//climate",
                ""
            })
    void otherTopicsAreNotItsOwn(String topic) {
        assertThat(pattern.matches(topic)).isFalse();
        assertThat(pattern.device(topic)).isEmpty();
    }

    @Test
    void aTopicOfItsOwnMayNameNoValidDevice() {
        assertThat(pattern.matches("sites/north/motes/North 1/climate")).isTrue();
        assertThat(pattern.device("sites/north/motes/North 1/climate")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sites/north/climate", "a/{device}/{device}", "a/x{device}", ""})
    void aTemplateNamesTheDeviceExactlyOnce(String template) {
        assertThatThrownBy(() -> TopicPattern.of(template, new SiteId("north")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exactly one level {device}");
    }
}
