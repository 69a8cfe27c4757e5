package tokenly.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tokenly.tool.text.Language;
import tokenly.tool.verify.TextVerdict;
import tokenly.tool.verify.Verdict;
import tokenly.tool.verify.history.EventText;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.page.TimelinePage;

/** What {@code tokenly verify} leaves behind. */
final class VerifyFiles {

    private VerifyFiles() {}

    /** Writes the page with the life lines; directories are made as needed. */
    static void writePage(Path page, Verdict verdict, TextVerdict text, Language language) throws CliException {
        List<String> subtitles = new ArrayList<>(List.of(text.begin(verdict.history()), text.figures(verdict)));
        text.kills(verdict).ifPresent(subtitles::add);
        subtitles.add(text.again());
        String html = new TimelinePage(verdict, text.headline(verdict), subtitles, language).html();
        try {
            Path directory = page.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(page, html);
        } catch (IOException failed) {
            throw new CliException(failed, "cannot_write", page, String.valueOf(failed.getMessage()), "--page");
        }
    }

    /** Writes a line for each event. */
    static void writeHistory(Path file, History history) throws CliException {
        EventText words = new EventText(history);
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
            history.each(event -> lines.println(words.line(event)));
        } catch (IOException failed) {
            throw new CliException(failed, "cannot_write", file, String.valueOf(failed.getMessage()), "--history");
        }
    }
}
