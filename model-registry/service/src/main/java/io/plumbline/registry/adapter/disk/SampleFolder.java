package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.registry.core.sample.SampleShelf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder for each recalibration, named by the digest of its id, which may hold anything: in it the id, and a file for each gateway named
 * {@code WINDOWS@GATEWAY.npy}, as old as it says. Not in the image layout: no pull and no backup of that has them. Thread-safe.
 */
public final class SampleFolder implements SampleShelf {

    private static final String ID = "id";
    private static final String END = ".npy";

    private final Path root;

    private SampleFolder(Path root) {
        this.root = root;
    }

    public static SampleFolder open(Path root) throws IOException {
        return new SampleFolder(Files.createDirectories(root));
    }

    private Path folder(String recalibration) {
        return root.resolve(
                Digest.of(recalibration.getBytes(StandardCharsets.UTF_8)).hex());
    }

    @Override
    public synchronized void put(String recalibration, Kept what, byte[] npy) {
        try {
            var folder = Files.createDirectories(folder(recalibration));
            DurableFiles.write(folder.resolve(ID), recalibration.getBytes(StandardCharsets.UTF_8));
            var target = folder.resolve(what.windows() + "@" + what.gateway() + END);
            DurableFiles.write(target, npy);
            Files.setLastModifiedTime(target, FileTime.from(what.at()));
            for (var file : files(folder)) {
                if (gateway(file).equals(Optional.of(what.gateway())) && !file.equals(target)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized List<Kept> kept(String recalibration) {
        try {
            var kept = new ArrayList<Kept>();
            for (var file : files(folder(recalibration))) {
                var gateway = gateway(file);
                if (gateway.isPresent()) {
                    var name = String.valueOf(file.getFileName());
                    kept.add(new Kept(
                            gateway.get(),
                            Integer.parseInt(name.substring(0, name.indexOf('@'))),
                            Files.size(file),
                            at(file)));
                }
            }
            kept.sort(Comparator.comparing(one -> one.gateway().value()));
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant at(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    @Override
    public synchronized Optional<byte[]> get(String recalibration, GatewayId gateway) {
        try {
            for (var file : files(folder(recalibration))) {
                if (gateway(file).equals(Optional.of(gateway))) {
                    return Optional.of(Files.readAllBytes(file));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void delete(String recalibration) {
        try {
            var folder = folder(recalibration);
            var files = files(folder);
            // the id last: until everything is gone it is known whose it is
            files.sort(Comparator.comparing(file -> file.endsWith(ID)));
            for (var file : files) {
                Files.delete(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Set<String> recalibrations() {
        try {
            var all = new TreeSet<String>();
            for (var folder : files(root)) {
                if (Files.exists(folder.resolve(ID))) {
                    all.add(Files.readString(folder.resolve(ID)));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new ArrayList<>();
        }
        try (var files = Files.list(folder)) {
            return new ArrayList<>(files.toList());
        }
    }

    private static Optional<GatewayId> gateway(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.endsWith(END) && name.indexOf('@') > 0 && !DurableFiles.isTemporary(file)
                ? Optional.of(new GatewayId(name.substring(name.indexOf('@') + 1, name.length() - END.length())))
                : Optional.empty();
    }
}
