package io.plumbline.cli.climate;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The labelled readings of eight motes on two sites, a reading every five seconds. */
public final class ClimateReadings {

    private static final Map<String, SiteId> SITES =
            Map.of("single", new SiteId("north"), "multi", new SiteId("south"));

    private final List<Mote> motes;

    private ClimateReadings(List<Mote> motes) {
        this.motes = List.copyOf(motes);
    }

    /** One mote; its readings are in time order. */
    public record Mote(DeviceId device, SiteId site, boolean indoor, List<Reading> readings) {

        public Mote {
            readings = List.copyOf(readings);
        }
    }

    /**
     * @param humidity in %RH
     * @param temperature in degrees Celsius
     * @param event whether people say that hot steam was introduced
     */
    public record Reading(double humidity, double temperature, boolean event) {}

    /** The readings in the product's resources. */
    public static ClimateReadings bundled() {
        try (var in = open("readings.csv.gz")) {
            return read(new GZIPInputStream(in));
        } catch (IOException e) {
            throw new IllegalStateException("the bundled readings cannot be read: this is a bug", e);
        }
    }

    /** A file of the climate folder in the product's resources. */
    public static byte[] resource(String name) {
        try (var in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the bundled file " + name + " cannot be read: this is a bug", e);
        }
    }

    private static InputStream open(String name) {
        var in = ClimateReadings.class.getResourceAsStream("/climate/" + name);
        if (in == null) {
            throw new IllegalStateException("the bundled file " + name + " is missing: this is a bug");
        }
        return in;
    }

    private static ClimateReadings read(InputStream csv) throws IOException {
        Map<DeviceId, List<String[]>> rows = new LinkedHashMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(csv, StandardCharsets.US_ASCII))) {
            lines.readLine();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = line.split(",");
                var device = new DeviceId(site(row) + "-" + row[1]);
                rows.computeIfAbsent(device, key -> new ArrayList<>()).add(row);
            }
        }
        var motes = new ArrayList<Mote>();
        rows.forEach((device, all) -> motes.add(new Mote(
                device,
                site(all.get(0)),
                all.get(0)[2].equals("1"),
                all.stream().map(ClimateReadings::reading).toList())));
        return new ClimateReadings(motes);
    }

    private static SiteId site(String[] row) {
        var site = SITES.get(row[0]);
        if (site == null) {
            throw new IllegalStateException("network '" + row[0] + "' in the bundled readings is a bug");
        }
        return site;
    }

    private static Reading reading(String[] row) {
        return new Reading(Double.parseDouble(row[4]), Double.parseDouble(row[5]), row[6].equals("1"));
    }

    public List<Mote> motes() {
        return motes;
    }
}
