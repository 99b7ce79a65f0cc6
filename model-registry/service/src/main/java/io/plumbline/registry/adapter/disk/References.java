package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.id.Digest;
import io.plumbline.registry.core.oci.Holdings;
import io.plumbline.registry.core.oci.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which blobs manifests need, themselves among them. */
final class References {

    private References() {}

    static SortedSet<Digest> digests(Map<String, Holdings> repositories) {
        var all = new TreeSet<Digest>();
        repositories
                .values()
                .forEach(holdings -> holdings.manifests().forEach(manifest -> {
                    all.add(manifest.digest());
                    manifest.blobs().forEach(blob -> all.add(blob.digest()));
                }));
        return all;
    }

    /** A manifest that needs this blob, with its repository, in words. */
    static Optional<String> firstUser(Map<String, Holdings> repositories, Digest blob) {
        return repositories.entrySet().stream()
                .flatMap(entry -> entry.getValue().manifests().stream()
                        .filter(manifest -> needs(manifest, blob))
                        .map(manifest -> "manifest " + manifest.digest() + " of '" + entry.getKey() + "'"))
                .findFirst();
    }

    private static boolean needs(Manifest manifest, Digest blob) {
        return manifest.digest().equals(blob)
                || manifest.blobs().stream().anyMatch(one -> one.digest().equals(blob));
    }
}
