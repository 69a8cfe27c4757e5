package tokenly.tool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a mutant's classes, and puts them into a copy of the WAR. */
final class MutantBuild {

    private final Path base;
    private final Path directory;

    /**
     * For one mutant.
     *
     * @param base of the project, which is built
     * @param directory empty, and only for this
     */
    MutantBuild(Path base, Path directory) {
        this.base = base;
        this.directory = directory;
    }

    /** The directory with the classes that differ. */
    Path classes(List<Patch> patches) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> sources = write(patches);
        if (!sources.isEmpty()) {
            compile(sources, classes);
        }
        return classes;
    }

    private List<Path> write(List<Patch> patches) throws IOException {
        Path roots = base.resolve("src");
        Map<String, String> texts = new LinkedHashMap<>();
        for (Patch patch : patches) {
            String before = texts.containsKey(patch.file()) ? texts.get(patch.file()) : patch.read(roots);
            texts.put(patch.file(), patch.apply(before));
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = directory.resolve("src").resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
        return texts.keySet().stream()
                .map(file -> directory.resolve("src").resolve(file))
                .toList();
    }

    private void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = base.resolve("target/classes") + File.pathSeparator + System.getProperty("java.class.path");
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean isCompiled = compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-cp", classPath, "-proc:none", "--release", "17"),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(isCompiled).as(complaints.toString()).isTrue();
        }
    }

    /** A copy of {@code war} with those classes. */
    Path war(Path war, Path classes) throws IOException {
        Path copy = Files.copy(war, directory.resolve("Tokenly.war"));
        try (FileSystem zip = FileSystems.newFileSystem(copy);
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String name = "WEB-INF/classes/" + classes.relativize(file);
                boolean isOfServer = Files.exists(zip.getPath(name));
                if (isOfServer || name.contains("$")) {
                    put(file, zip.getPath(name));
                }
            });
        }
        return copy;
    }

    private static void put(Path file, Path into) {
        try {
            Files.copy(file, into, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
