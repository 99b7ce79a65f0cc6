package io.plumbline.cli.sample;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.image.ImageException;
import io.plumbline.inference.image.ImageTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The JPEG and PNG files of a folder in the order of their names, decoded when their turn comes. What cannot be read is passed
 * over and remembered: the next file of its stretch takes its place. Confined to one thread.
 */
final class ImageFolder implements Samples {

    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png");
    private static final int NAMED = 3;

    private final List<Path> files;
    private final String tensor;
    private final ImageTensor images;
    private final Map<String, String> unread = new TreeMap<>();

    private ImageFolder(List<Path> files, ImageInput input) {
        this.files = files;
        this.tensor = input.tensor();
        this.images = new ImageTensor(input);
    }

    /** @throws SampleException if the folder holds no image that can be read, or there is no card that takes images */
    static ImageFolder open(Path folder, Optional<ModelCard> card) throws IOException, SampleException {
        if (card.isEmpty()) {
            throw new SampleException(
                    folder + " is a folder: its images need the model's card, give --card model.yaml");
        }
        if (!(card.get().input() instanceof ImageInput input)) {
            throw new SampleException(folder + " is a folder, but the card says that "
                    + card.get().model() + " takes windows of readings: give an .npy, .npz or .csv file");
        }
        var opened = new ImageFolder(files(folder), input);
        if (opened.files.isEmpty()) {
            throw new SampleException(folder + " holds no images: give a folder with .jpg, .jpeg or .png files");
        }
        if (opened.firstReadable(0, opened.files.size()).isEmpty()) {
            throw new SampleException(folder + ": " + opened.unread().orElse("no image can be read"));
        }
        return opened;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var listed = Files.list(folder)) {
            return listed.filter(
                            file -> ENDINGS.stream().anyMatch(file.toString().toLowerCase(Locale.ROOT)::endsWith))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public Iterable<Map<String, Tensor>> spread(int most) {
        return () -> new Stretches(Math.min(most, files.size()));
    }

    @Override
    public Optional<String> unread() {
        if (unread.isEmpty()) {
            return Optional.empty();
        }
        var named = new ArrayList<String>();
        unread.forEach((name, why) -> named.add(name + " " + why));
        var shown = String.join("; ", named.subList(0, Math.min(NAMED, named.size())));
        return Optional.of(unread.size() + " of " + files.size() + " images cannot be read and are left out: " + shown
                + (named.size() > NAMED ? "; and " + (named.size() - NAMED) + " more" : ""));
    }

    private Optional<Map<String, Tensor>> firstReadable(int from, int to) {
        for (var file : files.subList(from, to)) {
            var name = String.valueOf(file.getFileName());
            if (!unread.containsKey(name)) {
                try {
                    var image = images.read(Files.readAllBytes(file));
                    return Optional.of(Map.of(tensor, Tensor.adopt(image.shape(), image.toArray())));
                } catch (ImageException e) {
                    unread.put(name, String.valueOf(e.getMessage()));
                } catch (IOException e) {
                    unread.put(name, "cannot be opened: " + e);
                }
            }
        }
        return Optional.empty();
    }

    /** The first readable image of each of so many stretches of equal length. */
    private final class Stretches implements Iterator<Map<String, Tensor>> {

        private final int count;
        private int stretch;
        private Optional<Map<String, Tensor>> next = Optional.empty();

        Stretches(int count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && stretch < count) {
                next = firstReadable(start(stretch), start(stretch + 1));
                stretch++;
            }
            return next.isPresent();
        }

        private int start(int index) {
            return (int) ((long) index * files.size() / count);
        }

        @Override
        public Map<String, Tensor> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var sample = next.orElseThrow();
            next = Optional.empty();
            return sample;
        }
    }
}
