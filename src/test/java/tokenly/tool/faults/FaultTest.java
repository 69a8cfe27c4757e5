package tokenly.tool.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.tool.text.Language;
import tokenly.tool.text.UsageException;

class FaultTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latency=100ms,jitter=20ms",
                "upstream:latency=2s",
                "downstream:bandwidth=64kb",
                "bandwidth=1500b",
                "timeout=5s",
                "timeout=0",
                "down",
                "reset_peer=0",
                "slow_close=2s",
                "slicer=100,variation=50,delay=10ms",
                "slicer=100,delay=15us",
                "limit_data=4kb",
                "limit_data=4096",
                "limit_data=0",
            })
    void anExpressionIsReadAndWrittenAlike(String expression) {
        assertThat(Fault.parse(expression)).hasToString(expression);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    blackhole                                        | timeout=0
                    upstream:blackhole                               | upstream:timeout=0
                    timeout                                          | timeout=0
                    reset_peer                                       | reset_peer=0
                    latency,latency=100ms                            | latency=100ms
                    latency=60000ms                                  | latency=1m
                    latency=1m,jitter=0                              | latency=1m
                    slicer,average_size=2000,size_variation=1        | slicer=2kb,variation=1
                    bandwidth,rate=1000kb                            | bandwidth=1mb
                    """)
    void theSameFaultMayBeWrittenInMoreWays(String expression, String shortest) {
        assertThat(Fault.parse(expression)).hasToString(shortest);
    }

    @Test
    void aFaultIsNamedByItsKindAndDirection() {
        assertThat(Fault.parse("latency=1s").name()).isEqualTo("latency");
        assertThat(Fault.parse("upstream:slow_close=1s").name()).isEqualTo("slow_close_upstream");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    latncy=100ms               | no fault 'latncy'
                    ''                         | no fault ''
                    =3                         | no fault ''
                    upstrem:down               | no direction 'upstrem'
                    both:down:x                | no fault 'down:x'
                    latency                    | latency needs its latency
                    latency=100                | latency cannot be '100'. Write a time
                    latency=-1ms               | latency cannot be '-1ms'
                    latency=1.5s               | latency cannot be '1.5s'
                    latency=1h                 | latency cannot be '1h'
                    latency=61m                | latency cannot be 61m. It goes from 0 to 60m
                    latency=99999999999ms      | latency cannot be '99999999999ms'
                    latency=9999999999m        | latency cannot be 9999999999m. It goes from
                    latency=1s,jiter=1s        | latency has no attribute 'jiter'. Write: latency=TIME[,jitter=TIME]
                    latency=1s,latency=2s      | latency has its latency twice
                    latency=1s,                | latency has no attribute ''
                    latency=1s,jitter          | jitter cannot be 'jitter'
                    bandwidth=64               | rate cannot be '64'. Write an amount per second
                    bandwidth=0                | rate cannot be 0
                    slicer=0                   | average_size cannot be 0
                    slicer=10,delay=5          | delay cannot be '5'
                    limit_data=4gb             | bytes cannot be '4gb'. Write a number of bytes
                    down=1                     | down has no attribute '1'. Write: down
                    upstream:down              | down has no direction
                    """)
    void whatIsWrongIsSaidWithWhatThereIs(String expression, String complaint) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Fault.parse(expression))
                .withMessageContaining(complaint);
    }

    @Test
    void anUnknownFaultIsAnsweredWithAllThereAre() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Fault.parse("foo"))
                .withMessageEndingWith("""
                        There are:
                          latency=TIME[,jitter=TIME]
                          down
                          timeout[=TIME]
                          reset_peer[=TIME]
                          slow_close=TIME
                          bandwidth=RATE
                          slicer=SIZE[,variation=SIZE][,delay=TIME]
                          limit_data=SIZE""")
                .satisfies(complaint -> assertThat(complaint.in(Language.KO)).contains("장애는 없습니다"));
    }

    @Test
    void aComplaintSaysItsExampleInTheSameLanguage() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Fault.parse("latency=5"))
                .satisfies(complaint -> assertThat(complaint.in(Language.KO)).contains("단위가 있는 시간"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type":"latency","stream":"downstream","attributes":{"latency":100,"jitter":20}} | downstream:latency=100ms,jitter=20ms
                    {"type":"bandwidth","attributes":{"rate":64}}                                     | bandwidth=64kb
                    {"type":"bandwidth","attributes":{"rate":0.5}}                                    | bandwidth=500b
                    {"attributes":{"average_size":9,"delay":15},"toxicity":1.0,"type":"slicer"}       | slicer=9,delay=15us
                    {"type":"timeout","attributes":{"timeout":0}}                                     | timeout=0
                    {"type":"down"}                                                                   | down
                    """)
    void jsonUsesToxiproxysNamesAndUnits(String json, String expression) {
        Fault fault = FaultDraft.read(json);
        assertThat(fault).hasToString(expression);
        String written = FaultJson.of(fault).toString();
        assertThat(FaultDraft.read(written)).isEqualTo(fault);
    }

    @Test
    void aFaultMayHaveANameOfItsOwn() {
        assertThat(FaultDraft.read("{\"type\":\"down\",\"name\":\"lunch break\"}")
                        .name())
                .isEqualTo("lunch break");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                         | one object
                    []                                                         | one object
                    {"type":"down"                                             | Not a fault in JSON
                    {"type":"down"} {}                                         | behind the object
                    {"type":5}                                                 | type must be a string
                    {}                                                         | no fault ''
                    {"type":"latency"}                                         | latency needs its latency
                    {"type":"latency","attributes":[]}                         | attributes must be an object
                    {"type":"latency","attributes":{"latency":"100ms"}}        | latency must be a number
                    {"type":"latency","attributes":{"latency":}                | Not a fault in JSON
                    {"type":"latency","attributes":{"latency":-1}}             | latency cannot be -1
                    {"type":"latency","attributes":{"latency":1e300}}          | latency cannot be 1.0E300
                    {"type":"latency","attributes":{"delay":1}}                | latency has no attribute 'delay'
                    {"type":"down","stream":"sideways"}                        | no direction 'sideways'
                    {"type":"down","toxicity":0.5}                             | toxicity can only be 1
                    {"type":"down","foo":1}                                    | unknown field foo
                    """)
    void badJsonIsExplained(String json, String complaint) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> FaultDraft.read(json))
                .withMessageContaining(complaint);
    }
}
