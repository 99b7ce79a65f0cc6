package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.snapshot.WindowStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The windows of the reservoirs, as one {@link Frame}, sealed if there is a key. A file that the key does not open is set aside
 * as {@code windows.unreadable}; one from before there was a key is read.
 */
public final class WindowFile implements WindowStore {

    private static final Logger LOG = Logger.getLogger(WindowFile.class);

    private final FramedFile file;
    private final Optional<WindowSeal> seal;

    public WindowFile(Path file) {
        this(file, Optional.empty());
    }

    public WindowFile(Path file, Optional<WindowSeal> seal) {
        this.file = new FramedFile(file);
        this.seal = seal;
    }

    @Override
    public void save(byte[] windows) throws IOException {
        file.save(seal.map(with -> with.seal(windows)).orElse(windows));
    }

    @Override
    public Optional<byte[]> load() throws IOException {
        var content = file.load();
        if (content.filter(WindowSeal::isSealed).isEmpty()) {
            return content;
        }
        var opened = seal.flatMap(with -> with.open(content.get()));
        if (opened.isEmpty()) {
            setAside();
        }
        return opened;
    }

    private void setAside() throws IOException {
        var aside = file.file().resolveSibling(file.file().getFileName() + ".unreadable");
        Files.move(file.file(), aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.warnf(
                "windows-set-aside file=%s reason=%s",
                aside,
                seal.isPresent() ? "reservoir-key does not open it" : "it is sealed and there is no reservoir-key");
    }
}
