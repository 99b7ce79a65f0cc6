package io.plumbline.registry.core.oci;

import io.plumbline.contract.id.Digest;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The manifests of one repository, oldest first, and the tags that point at them. Immutable. */
public final class Holdings {

    /** As the specification lists tags: alphanumeric, whatever the case. */
    public static final Comparator<String> TAG_ORDER =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    public static final Holdings NONE = new Holdings(new LinkedHashMap<>(), new TreeMap<>(TAG_ORDER));

    private final Map<Digest, Manifest> manifests;
    private final NavigableMap<String, Digest> tags;

    private Holdings(Map<Digest, Manifest> manifests, NavigableMap<String, Digest> tags) {
        this.manifests = Collections.unmodifiableMap(manifests);
        this.tags = Collections.unmodifiableNavigableMap(tags);
    }

    /** @param tag moves here, if it is another manifest's; that one stays */
    public Holdings with(Manifest manifest, Optional<String> tag) {
        var moreManifests = new LinkedHashMap<>(manifests);
        moreManifests.putIfAbsent(manifest.digest(), manifest);
        var moreTags = new TreeMap<>(tags);
        tag.ifPresent(name -> moreTags.put(name, manifest.digest()));
        return new Holdings(moreManifests, moreTags);
    }

    /** Without these manifests and all their tags. */
    public Holdings without(Collection<Digest> digests) {
        var fewerManifests = new LinkedHashMap<>(manifests);
        fewerManifests.keySet().removeAll(digests);
        var fewerTags = new TreeMap<>(tags);
        fewerTags.values().removeIf(digests::contains);
        return new Holdings(fewerManifests, fewerTags);
    }

    /** Without the tag; its manifest stays. */
    public Holdings withoutTag(String tag) {
        var fewerTags = new TreeMap<>(tags);
        fewerTags.remove(tag);
        return new Holdings(new LinkedHashMap<>(manifests), fewerTags);
    }

    public boolean has(Manifest manifest, Optional<String> tag) {
        return manifests.containsKey(manifest.digest())
                && tag.map(name -> manifest.digest().equals(tags.get(name))).orElse(true);
    }

    /** @param reference a tag or a digest */
    public Optional<Manifest> find(String reference) {
        var digest = Digest.isValid(reference) ? new Digest(reference) : tags.get(reference);
        return digest == null ? Optional.empty() : Optional.ofNullable(manifests.get(digest));
    }

    public List<Manifest> manifests() {
        return List.copyOf(manifests.values());
    }

    /** In {@link #TAG_ORDER}. */
    public NavigableMap<String, Digest> tags() {
        return tags;
    }

    public boolean isEmpty() {
        return manifests.isEmpty();
    }

    /** Collects many at once. Confined to one thread; not to be used after {@link #build}. */
    public static final class Builder {

        private final Map<Digest, Manifest> manifests = new LinkedHashMap<>();
        private final NavigableMap<String, Digest> tags = new TreeMap<>(TAG_ORDER);

        public void add(Manifest manifest, Optional<String> tag) {
            manifests.putIfAbsent(manifest.digest(), manifest);
            tag.ifPresent(name -> tags.put(name, manifest.digest()));
        }

        public Holdings build() {
            return new Holdings(manifests, tags);
        }
    }
}
