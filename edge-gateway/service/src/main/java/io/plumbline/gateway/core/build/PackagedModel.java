package io.plumbline.gateway.core.build;

import io.plumbline.contract.id.Digest;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.Answer;
import io.plumbline.inference.model.Compared;
import io.plumbline.inference.model.ModelPackage;
import io.plumbline.inference.model.Observations;
import io.plumbline.inference.model.Trial;
import java.util.List;

/** A model package under the digest that this fleet knows it by. */
public final class PackagedModel implements Model {

    private final Digest manifest;
    private final ModelPackage files;

    public PackagedModel(Digest manifest, ModelPackage files) {
        this.manifest = manifest;
        this.files = files;
    }

    @Override
    public Answer predict(Tensor window) {
        return files.predict(window);
    }

    @Override
    public int mostAtOnce() {
        return files.mostAtOnce();
    }

    @Override
    public List<Answer> predictAll(List<Tensor> windows) {
        return files.predictAll(windows);
    }

    @Override
    public Compared compare(Tensor window, Answer int8) {
        return files.compare(window, int8);
    }

    @Override
    public Observations observe(List<Tensor> windows, int bins) {
        return files.observe(windows, bins);
    }

    @Override
    public Trial score(List<Tensor> windows) {
        return files.score(manifest, windows);
    }

    @Override
    public void close() {
        files.close();
    }
}
