package tokenly.tool.scenario;

import tokenly.tool.text.Language;

/** One sentence in each language. */
record Words(String ko, String en) {

    String in(Language language) {
        return language == Language.KO ? ko : en;
    }
}
