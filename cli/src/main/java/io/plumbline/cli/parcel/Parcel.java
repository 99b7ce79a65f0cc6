package io.plumbline.cli.parcel;

import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.util.List;
import java.util.Optional;

/** Something that can be pushed. Closing deletes the files that were made for it. */
public sealed interface Parcel extends AutoCloseable permits NewParcel, PulledParcel {

    ModelName model();

    /** Words of the card that the registry builds; none for what is built already. */
    List<String> recipes();

    /** What is odd, and no reason to refuse. */
    List<String> warnings();

    /** Sends it; answers the digest of its manifest. */
    Digest push(ArtifactClient registry, Optional<String> tag) throws ClientException;

    @Override
    void close();
}
