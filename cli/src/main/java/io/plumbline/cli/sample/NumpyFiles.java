package io.plumbline.cli.sample;

import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;

/** Arrays as NumPy saves them. */
final class NumpyFiles {

    private static final String SUFFIX = ".npy";

    private NumpyFiles() {}

    static Tensor npy(Path path) throws IOException, SampleException {
        return array(path.toString(), Files.readAllBytes(path));
    }

    /** The arrays of an {@code .npz}, by name. */
    static Map<String, Tensor> npz(Path path) throws IOException, SampleException {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(Files.newInputStream(path))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(SUFFIX)) {
                    var name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                    arrays.put(name, array(path + "/" + entry.getName(), zip.readAllBytes()));
                }
            }
        }
        if (arrays.isEmpty()) {
            throw new SampleException(path + " holds no arrays");
        }
        return arrays;
    }

    private static Tensor array(String where, byte[] bytes) throws SampleException {
        try {
            return Npy.read(bytes);
        } catch (IllegalArgumentException e) {
            throw new SampleException(where + ": " + e.getMessage(), e);
        }
    }
}
