package tokenly.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What an error of HTTP is called.
 *
 * @param status of the answer, 400 to 599
 * @param code for programs
 * @param english a sentence; HTML and JSON take it as it is
 * @param korean the same
 */
record ErrorText(int status, String code, String english, String korean) {

    private static final String STYLE =
            "body{margin:18vh auto 0;max-width:30rem;padding:0 1.5rem;font:1rem/1.6 system-ui,sans-serif}"
                    + "h1{font-size:2.5rem;line-height:1.2;margin:0 0 1rem}p{margin:0 0 .5rem}";

    /** For the page alone: it needs nothing from anywhere, so that it is whole below any path and behind any proxy. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static ErrorText of(int status) {
        if (status >= 500) {
            return new ErrorText(
                    status,
                    "server-error",
                    "The server failed to answer. Its log names the cause.",
                    "서버가 답하지 못했습니다. 원인은 서버의 로그에 있습니다.");
        }
        return switch (status) {
            case 404 -> new ErrorText(status, "not-found", "There is nothing at this address.", "이 주소에는 아무것도 없습니다.");
            case 405 ->
                new ErrorText(
                        status,
                        "method-not-allowed",
                        "This address does not take that method.",
                        "이 주소는 그 메서드를 받지 않습니다.");
            default ->
                new ErrorText(status, "bad-request", "The server does not take this request.", "서버가 이 요청을 받지 않습니다.");
        };
    }

    String json() {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + english + "\"}}";
    }

    String html() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                  <meta charset="utf-8">
                  <meta name="viewport" content="width=device-width, initial-scale=1">
                  <meta name="color-scheme" content="light dark">
                  <title>%1$d</title>
                  <style>%2$s</style>
                </head>
                <body>
                  <h1>%1$d</h1>
                  <p>%3$s</p>
                  <p lang="ko">%4$s</p>
                </body>
                </html>
                """.formatted(status, STYLE, english, korean);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has SHA-256
            throw new IllegalStateException(impossible);
        }
    }
}
