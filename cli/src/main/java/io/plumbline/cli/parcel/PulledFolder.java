package io.plumbline.cli.parcel;

import io.plumbline.cli.lab.ToolException;
import io.plumbline.client.Artifact;
import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An artifact as files: its manifest, byte for byte, its config, each layer under its title, and its signatures. Written beside its
 * place and moved there when it is whole.
 */
public final class PulledFolder {

    static final String MANIFEST = "manifest.json";
    static final String CONFIG = "config.json";
    static final String SIGNATURES = "signatures";

    /** Titles come from whoever pushed: nothing that leaves the folder, hides in it, or loses its end somewhere. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,126}[A-Za-z0-9_-])?");

    /** Devices of Windows, with any ending, and what this folder has of its own. */
    private static final Pattern TAKEN = Pattern.compile(
            "(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?|manifest[.]json|signatures", Pattern.CASE_INSENSITIVE);

    private static final Pattern SIGNATURE = Pattern.compile("[0-9]{3,}[.]json");

    private final Path folder;

    private PulledFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * @param force whether files of the same names may be replaced
     * @throws ToolException if something is there that must not be overwritten
     */
    public static PulledFolder of(Path folder, boolean force) throws ToolException {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new ToolException(folder + " is a file: give the name of a folder");
            }
            if (Files.isDirectory(folder) && !force && !isEmpty(folder)) {
                throw new ToolException(
                        folder + " is not empty: give another folder, or --force to replace files of the same names");
            }
        } catch (IOException e) {
            throw new ToolException(folder + " cannot be read: " + e, e);
        }
        return new PulledFolder(folder.toAbsolutePath().normalize());
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** The blobs of an artifact by the names of their files. */
    static Map<String, Artifact.Blob> files(Artifact artifact) throws ClientException, ToolException {
        Map<String, Artifact.Blob> files = new LinkedHashMap<>();
        var config = artifact.config();
        if (!config.mediaType().equals(MediaTypes.OCI_EMPTY)) {
            files.put(CONFIG, config);
        }
        for (var blob : artifact.blobs().subList(1, artifact.blobs().size())) {
            var name = blob.title().isEmpty() ? blob.digest().shortHex() : blob.title();
            if (!FILE_NAME.matcher(name).matches() || TAKEN.matcher(name).matches()) {
                throw new ToolException("the manifest names a layer '" + shortened(name)
                        + "', which cannot be the name of a file here: letters, digits, '.', '_' and '-', and no name that"
                        + " is taken on some system");
            }
            // case is no difference on some disks
            if (files.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
                throw new ToolException("the manifest names two files '" + name + "'");
            }
            files.put(name, blob);
        }
        return files;
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "..." : name;
    }

    /**
     * Fetches every blob, checks it against its digest, and then puts the files in place; answers their names.
     *
     * @param signatures of the manifest
     */
    public List<String> write(Artifact artifact, List<DsseEnvelope> signatures, ArtifactClient registry)
            throws ToolException, ClientException {
        var files = files(artifact);
        try {
            var parent = folder.getParent();
            var draft = Files.createTempDirectory(Files.createDirectories(parent == null ? folder : parent), ".pull");
            try {
                for (var file : files.entrySet()) {
                    registry.blob(file.getValue(), draft.resolve(file.getKey()));
                }
                write(signatures, draft);
                Files.write(draft.resolve(MANIFEST), artifact.toBytes());
                return move(draft);
            } finally {
                delete(draft);
            }
        } catch (IOException e) {
            throw new ToolException(folder + " cannot be written: " + e, e);
        }
    }

    private static void write(List<DsseEnvelope> signatures, Path draft) throws IOException {
        var place = Files.createDirectory(draft.resolve(SIGNATURES));
        for (int i = 0; i < signatures.size(); i++) {
            Files.write(place.resolve("%03d.json".formatted(i + 1)), Json.encode(signatures.get(i)));
        }
    }

    /**
     * The manifest last, and the one of before goes first: a folder without one is no artifact, and one that is half of another is not
     * to look like it.
     */
    private List<String> move(Path draft) throws IOException {
        Files.deleteIfExists(folder.resolve(MANIFEST));
        deleteSignatures();
        var names = new ArrayList<String>();
        try (var walk = Files.walk(draft)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                names.add(draft.relativize(file).toString());
            }
        }
        names.sort(
                Comparator.comparing((String name) -> name.equals(MANIFEST)).thenComparing(Comparator.naturalOrder()));
        for (var name : names) {
            var target = folder.resolve(name);
            Files.createDirectories(target.getParent());
            Files.move(draft.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
        }
        return names;
    }

    private void deleteSignatures() throws IOException {
        if (!Files.isDirectory(folder.resolve(SIGNATURES))) {
            return;
        }
        try (var files = Files.list(folder.resolve(SIGNATURES))) {
            for (var file : files.toList()) {
                if (SIGNATURE.matcher(file.getFileName().toString()).matches()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void delete(Path draft) throws IOException {
        try (var walk = Files.walk(draft)) {
            for (var file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
