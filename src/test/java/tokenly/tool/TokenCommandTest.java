package tokenly.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;

/** {@code tokenly token}: its tokens are read here by the letter of RFC 7515. */
class TokenCommandTest {

    private static final String SECRET = "0123456789abcdef0123456789ABCDEF";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... options) throws IOException {
        return runWith(SECRET + "\n", options);
    }

    private int runWith(String secret, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), secret);
        List<String> arguments =
                new ArrayList<>(List.of("token", "--lang=en", "--secret-file=" + file.toAbsolutePath()));
        arguments.addAll(List.of(options));
        String[] all = arguments.toArray(String[]::new);
        CommandLine commandLine = Main.commandLine(all);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(all);
    }

    /** The claims of what was printed, after a look at its header and its signature. */
    private JsonObject claims() throws GeneralSecurityException {
        assertThat(out.toString())
                .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}\\R")
                .doesNotContain(SECRET);
        String[] parts = out.toString().strip().split("\\.", -1);
        assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "any"));
        byte[] signature = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getUrlDecoder().decode(parts[2])).isEqualTo(signature);
        return JsonObject.parse(decoded(parts[1]));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void isSignedByTheSecretWithoutTheNewlineAtItsEnd() throws Exception {
        long before = Instant.now().getEpochSecond();
        assertThat(run("--room=lobby", "--session=alice", "--ttl=2h")).isZero();
        JsonObject claims = claims();
        assertThat(claims.whole("exp").orElseThrow()).isBetween(before + 7_200, before + 7_260);
        assertThat(claims.members().keySet()).containsExactly("sub", "exp", "tokenly");
        assertThat(claims.text("sub")).contains("alice");
        assertThat(claims.get("tokenly").orElseThrow()).hasToString("{\"room\":\"lobby\",\"session\":\"alice\"}");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        --room r --sub a --send none            | {'room':'r','send':false}
        --room r --sub a --send offer,answer    | {'room':'r','send':{'types':['offer','answer']}}
        --room r --sub a --to bob,carol         | {'room':'r','send':{'to':['bob','carol']}}
        --room-prefix= --sub a --hidden         | {'roomPrefix':'','hidden':true}
        --room r --sub a --send message --to b --no-list | {'room':'r','send':{'types':['message'],'to':['b']},'list':false}
        --room-prefix t/ --sub g --session-prefix= --gateway | {'roomPrefix':'t/','sessionPrefix':'','gateway':true}
        --sub root --admin                      | {'admin':true}
        """)
    void grantsWhatItsOptionsSay(String options, String grants) throws Exception {
        assertThat(run(options.split(" "))).as(err.toString()).isZero();
        assertThat(claims().get("tokenly").orElseThrow()).hasToString(grants.replace('\'', '"'));
    }

    @Test
    void namesItsIssuerItsAudienceAndItself() throws Exception {
        run("--room=r", "--session=s", "--sub=a", "--issuer=i", "--audience=w", "--jti=7");
        JsonObject claims = claims();
        assertThat(claims.members())
                .containsEntry("sub", new Json.Text("a"))
                .containsEntry("iss", new Json.Text("i"))
                .containsEntry("aud", new Json.Text("w"))
                .containsEntry("jti", new Json.Text("7"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        --room=r                      | Whose token is it?
        --sub=a                       | --room-prefix ''
        --room=r --sub=a --ttl=10     | --ttl cannot be '10'
        --room=r --sub=a --ttl=0s     | --ttl cannot be '0s'
        --room=r --sub=a --ttl=3651d  | --ttl cannot be '3651d'
        --room=r --sub=a --send=ofer  | offer, answer, ice-candidate, message
        --room=r --sub=a --send=none --to=b | Leave one of them out
        --room= --sub=a               | --room cannot be ''
        """)
    void explainsWhatIsWrong(String options, String complaint) throws Exception {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(complaint);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysHowToMakeASecretWhereItIsTooShort() throws Exception {
        assertThat(runWith(SECRET.substring(1) + "\r\n", "--room=r", "--sub=a")).isEqualTo(2);
        assertThat(err.toString())
                .contains("31 bytes", "openssl rand -base64 48")
                .doesNotContain(SECRET.substring(1));
    }

    @Test
    void findsTheSecretInTheEnvironment() throws Exception {
        Path file = directory.resolve("other");
        Map<String, String> inFile = Map.of("TOKENLY_TOKEN_SECRET_FILE", file.toString());
        JsonObject claims = JsonObject.EMPTY;
        String signed =
                TokenSecret.find(null, Map.of("TOKENLY_TOKEN_SECRET", SECRET)).sign(claims);
        Files.writeString(file, SECRET + "\n");
        assertThat(TokenSecret.find(null, inFile).sign(claims)).isEqualTo(signed);
        Files.writeString(file, SECRET + "\n\n");
        assertThat(TokenSecret.find(null, inFile).sign(claims))
                .as("only one newline")
                .isNotEqualTo(signed);
        assertThatThrownBy(() -> TokenSecret.find(null, Map.of())).hasMessageContaining("openssl rand -base64 48");
        Map<String, String> nowhere =
                Map.of("TOKENLY_TOKEN_SECRET_FILE", directory.resolve("none").toString());
        assertThatThrownBy(() -> TokenSecret.find(null, nowhere)).hasMessageContaining("none");
    }
}
