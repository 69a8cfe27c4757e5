package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminsTest {

    private final Admins admins = new Admins(Optional.of("0123456789abcdef"), Door.OPEN);

    @ParameterizedTest
    @CsvSource({
        "Bearer 0123456789abcdef, true",
        "bearer  0123456789abcdef, true",
        "Bearer 0123456789abcdeF, false",
        "Bearer 0123456789abcde, false",
        "Bearer 0123456789abcdef0, false",
        "Bearer, false",
        "'Bearer ', false",
        "Basic 0123456789abcdef, false",
        "0123456789abcdef, false",
        "'', false",
    })
    void whoShowsTheTokenIsAnAdministrator(String authorization, boolean isAdmin) {
        assertThat(admins.isAdmin(authorization)).isEqualTo(isAdmin);
        assertThat(new StatusAccess(false, admins).admits(authorization)).isEqualTo(isAdmin);
        assertThat(new StatusAccess(true, admins).admits(authorization)).isTrue();
    }

    @Test
    void withoutATokenNoOneIs() {
        assertThat(admins.isAdmin(null)).isFalse();
        assertThat(new Admins(Optional.empty(), Door.OPEN).isAdmin(null)).isFalse();
        assertThat(new Admins(Optional.empty(), Door.OPEN).isAdmin("Bearer ")).isFalse();
        assertThat(new Admins(Optional.empty(), Door.OPEN).isAdmin("Bearer none"))
                .isFalse();
    }
}
