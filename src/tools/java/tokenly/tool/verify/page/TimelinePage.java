package tokenly.tool.verify.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tokenly.tool.text.Language;
import tokenly.tool.verify.Verdict;
import tokenly.tool.verify.check.Findings;
import tokenly.tool.verify.check.Rule;
import tokenly.tool.verify.check.Violation;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventText;
import tokenly.tool.verify.schedule.FaultEvent;

/** A run on one page: the verdict, the life lines of its sessions with the faults over them, the rules and the proofs. */
public final class TimelinePage {

    private static final String STYLE = resource("verify.css");

    /** Pixels for a second, so that a long run can be scrolled through; a short one takes the width that there is. */
    private static final int PIXELS_PER_SECOND = 8;

    private final Verdict verdict;
    private final String headline;
    private final List<String> subtitles;
    private final Language language;

    /**
     * The page for {@code verdict}.
     *
     * @param headline the verdict in one line
     * @param subtitles what else is worth knowing, a line each
     */
    public TimelinePage(Verdict verdict, String headline, List<String> subtitles, Language language) {
        this.verdict = verdict;
        this.headline = headline;
        this.subtitles = List.copyOf(subtitles);
        this.language = language;
    }

    /** The whole page. */
    public String html() {
        Html page = new Html();
        page.raw("<!doctype html>\n<html lang=" + language + ">\n<meta charset=utf-8>\n");
        page.raw("<meta name=viewport content=\"width=device-width,initial-scale=1\">\n");
        page.element("title", "Tokenly verify: " + headline).raw("\n<style>\n" + STYLE + "</style>\n<main>\n");
        page.raw("<h1 class=" + (verdict.holds() ? "holds" : "broken") + ">")
                .text(headline)
                .raw("</h1>\n");
        subtitles.forEach(line -> page.element("p", line).raw("\n"));
        lines(page);
        rules(page);
        proofs(page);
        faults(page);
        return page.raw("</main>\n</html>\n").toString();
    }

    private void lines(Html page) {
        Timelines lines = new Timelines(verdict.history());
        page.element(
                "h2",
                say("page_lines", lines.rows(), verdict.history().topology().sessions()));
        legend(page);
        long pixels = verdict.history().length().toSeconds() * PIXELS_PER_SECOND;
        page.raw("<div class=picture>").raw(lines.names());
        page.raw("<div class=scroll tabindex=0><div style=\"min-width:" + pixels + "px\">");
        page.raw(lines.svg(broken())).raw("</div></div></div>\n");
        page.raw("<p class=hint>").text(say("page_help")).raw("</p>\n");
    }

    private void legend(Html page) {
        page.raw("<ul class=legend>");
        key(page, "<line class=held x1=0 x2=24 y1=8 y2=8 />", "page_legend_held");
        key(page, "<line class=away x1=0 x2=24 y1=8 y2=8 />", "page_legend_away");
        key(page, "<circle class=resumed cx=12 cy=8 r=2.5 />", "page_legend_resumed");
        key(page, "<circle class=reset cx=12 cy=8 r=3.5 />", "page_legend_reset");
        key(page, "<rect class=fault width=24 height=16 />", "page_legend_fault");
        key(page, "<rect class=server width=24 height=16 />", "page_legend_server");
        key(page, "<rect class=kill width=24 height=16 />", "page_legend_kill");
        key(page, "<circle class=violation cx=12 cy=8 r=6 />", "page_legend_violation");
        page.raw("</ul>\n");
    }

    private void key(Html page, String symbol, String text) {
        page.raw("<li><svg class=lines width=24 height=16>" + symbol + "</svg> ")
                .text(say(text))
                .raw("</li>");
    }

    private void rules(Html page) {
        page.element("h2", say("page_rules")).raw("\n<table>\n");
        for (Findings findings : verdict.findings()) {
            page.raw(findings.isClean() ? "<tr>" : "<tr class=broken>")
                    .element("td", findings.rule().text().in(language))
                    .element("td", result(findings))
                    .raw("</tr>\n");
        }
        page.raw("</table>\n");
    }

    private String result(Findings findings) {
        Rule rule = findings.rule();
        if (!verdict.isChecked(rule)) {
            return say("rule_skipped");
        }
        return findings.isClean() ? say("rule_holds") : say("rule_broken", findings.count());
    }

    private void proofs(Html page) {
        if (verdict.holds()) {
            return;
        }
        EventText words = new EventText(verdict.history());
        page.element("h2", say("page_proof")).raw("\n<ol>\n");
        for (Findings findings : verdict.findings()) {
            for (Violation violation : findings.violations()) {
                page.raw("<li>")
                        .element("strong", violation.rule())
                        .text(": " + violation.what())
                        .raw("<br>");
                violation
                        .proof()
                        .forEach(
                                event -> page.element("code", words.line(event)).raw("<br>"));
                page.raw("</li>\n");
            }
        }
        page.raw("</ol>\n");
    }

    private List<Event> broken() {
        return verdict.findings().stream()
                .flatMap(findings -> findings.violations().stream())
                .flatMap(violation -> violation.proof().stream())
                .toList();
    }

    private void faults(Html page) {
        List<FaultEvent> events = verdict.history().schedule().events();
        page.raw("<details><summary>")
                .text(say("page_faults") + ": " + events.size())
                .raw("</summary>\n<table>\n");
        for (FaultEvent fault : events) {
            page.raw("<tr>")
                    .element("td", fault)
                    .element("td", seconds(fault.at().toMillis()))
                    .element(
                            "td",
                            fault.lasts().isZero() ? "" : seconds(fault.lasts().toMillis()))
                    .raw("</tr>\n");
        }
        page.raw("</table>\n</details>\n");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private String say(String key, Object... values) {
        return language.text(key, values);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(TimelinePage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
