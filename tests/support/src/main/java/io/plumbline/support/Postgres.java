package io.plumbline.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * PostgreSQL on a free port of the loopback interface: one server for all tests of a process, an empty database for each that asks.
 * The server and its folder go when the process ends. Thread-safe.
 */
public final class Postgres {

    private static final String USER = "plumbline";
    private static final List<String> PROGRAMS = List.of("initdb", "postgres", "pg_ctl", "createdb");

    /** Keeps the server as long as its input is open, which ends with this process, even if that is killed. */
    private static final String KEEPER = """
            trap : HUP INT TERM
            programs=$1 folder=$2 port=$3
            cd "$folder" && exec 2>log && read -r password && printf %s "$password" >password &&
              "$programs/initdb" -D cluster -U "$4" -A scram-sha-256 --pwfile=password -E UTF8 --locale=C -N >&2 &&
              "$programs/pg_ctl" start -w -D cluster -l log -o "-h 127.0.0.1 -p $port -k '' -F" >&2 &&
              echo ready || echo failed
            cat >&2
            "$programs/pg_ctl" stop -m fast -D cluster >&2
            cd / && rm -rf "$folder"
            """;

    private static Optional<Postgres> running = Optional.empty();

    private final Path programs;
    private final Path folder;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private final Process keeper;
    private int databases;

    private Postgres(Path programs, Path folder, List<String> owner) throws IOException {
        this.programs = programs;
        this.folder = folder;
        port = LoopbackPort.free().number();
        var command = new ArrayList<>(owner);
        command.addAll(List.of("sh", "-c", KEEPER, "sh", programs.toString(), folder.toString(), "" + port, USER));
        keeper = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The JDBC URL of a new database, with user and password in it. Where PostgreSQL cannot run the test is skipped, or fails: {@link Needed}. */
    public static synchronized String emptyDatabase() throws IOException, InterruptedException {
        if (running.isEmpty()) {
            running = Optional.of(start());
        }
        return running.orElseThrow().create();
    }

    private static Postgres start() throws IOException, InterruptedException {
        var programs = programs();
        Needed.that(programs.isPresent(), "PostgreSQL is not installed");
        var folder = Files.createTempDirectory("plumbline-postgres");
        var server = new Postgres(programs.orElseThrow(), folder, owner(folder));
        server.awaitReady();
        return server;
    }

    private static Optional<Path> programs() throws IOException {
        var folders = new ArrayList<Path>();
        for (var folder : System.getenv("PATH").split(File.pathSeparator)) {
            folders.add(Path.of(folder));
        }
        var debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (var versions = Files.list(debian)) {
                versions.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin"))
                        .forEach(folders::add);
            }
        }
        return folders.stream()
                .filter(folder -> PROGRAMS.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
                .findFirst();
    }

    /** How to run a program as the owner of the folder: PostgreSQL refuses root, who gives the folder away. */
    private static List<String> owner(Path folder) throws IOException, InterruptedException {
        if (!Files.getAttribute(folder, "unix:uid").equals(0)) {
            return List.of();
        }
        var owner = List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--");
        var given = isGiven(folder, owner);
        if (!given) {
            Files.delete(folder);
        }
        Needed.that(given, "PostgreSQL does not run as root, nor can its user postgres write to " + folder);
        return owner;
    }

    private static boolean isGiven(Path folder, List<String> owner) throws InterruptedException {
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        var command = Stream.concat(owner.stream(), Stream.of("test", "-w", folder.toString()))
                .toList();
        try {
            Files.setOwner(folder, users.lookupPrincipalByName("postgres"));
            return new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitReady() throws IOException {
        var input = keeper.outputWriter();
        input.write(password + "\n");
        input.flush();
        if (!"ready".equals(keeper.inputReader().readLine())) {
            var log = Files.readString(folder.resolve("log"));
            input.close();
            throw new IllegalStateException("PostgreSQL does not start: " + log);
        }
    }

    private String create() throws IOException, InterruptedException {
        databases++;
        var name = "test" + databases;
        var command = new ProcessBuilder(
                programs.resolve("createdb").toString(), "-h", "127.0.0.1", "-p", "" + port, "-U", USER, "-w", name);
        command.environment().put("PGPASSWORD", password);
        var process = command.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("PostgreSQL makes no database: " + said);
        }
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s".formatted(port, name, USER, password);
    }
}
