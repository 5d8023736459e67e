package org.tidings.mail.internal.signing.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidings.mail.internal.dns.Dns;

class DkimKeysTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T12:00:00Z");
    private static final DkimKey OLD = DkimKey.generate(DkimAlgorithm.ED25519, "example.com", "2026h1e");
    private static final DkimKey NEW = DkimKey.generate(DkimAlgorithm.ED25519, "example.com", "2026h2e");
    private static final DkimKey RSA = DkimKey.generate(DkimAlgorithm.RSA, "example.com", "2026h2r");

    @Test
    void tellsWhetherAKeyIsPublished() {
        assertThat(published(List.of(RSA.recordValue()), RSA)).isEqualTo(DkimPublication.State.PUBLISHED);
        assertThat(published(List.of("k=rsa;p=" + RSA.publicKey() + ";"), RSA))
                .isEqualTo(DkimPublication.State.PUBLISHED);
        assertThat(published(List.of(), RSA)).isEqualTo(DkimPublication.State.MISSING);
        assertThat(published(List.of("v=DKIM1; p="), RSA)).isEqualTo(DkimPublication.State.REVOKED);
        assertThat(published(List.of(OLD.recordValue()), NEW)).isEqualTo(DkimPublication.State.DIFFERENT);
        assertThat(published(List.of("v=spf1 -all"), RSA)).isEqualTo(DkimPublication.State.MALFORMED);
        assertThat(published(List.of(RSA.recordValue(), OLD.recordValue()), RSA))
                .isEqualTo(DkimPublication.State.MALFORMED);
        assertThat(published(null, RSA)).isEqualTo(DkimPublication.State.UNKNOWN);
    }

    @Test
    void theNewestPublishedKeyOfEachAlgorithmSigns() {
        List<DkimRotation.Entry> entries = List.of(
                entry(OLD, NOW.minusDays(200), null), entry(NEW, NOW.minusDays(1), null), entry(RSA, NOW, null));

        assertThat(DkimRotation.signing(entries, NOW, key -> true)).containsExactly(RSA, NEW);
        assertThat(DkimRotation.signing(entries, NOW, key -> key != NEW)).containsExactly(RSA, OLD);
        assertThat(DkimRotation.signing(entries, NOW.minusDays(2), key -> true)).containsExactly(OLD);
        assertThat(DkimRotation.signing(entries, NOW, key -> false)).isEmpty();
    }

    @Test
    void aRetiredKeySignsNoMoreAndItsRecordStaysForTheOverlap() {
        DkimRotation.Entry retired = entry(OLD, NOW.minusDays(200), NOW);

        assertThat(retired.isActive(NOW)).isFalse();
        assertThat(retired.isActive(NOW.minusSeconds(1))).isTrue();
        assertThat(retired.isRecordFree(NOW.plusDays(13))).isFalse();
        assertThat(retired.isRecordFree(NOW.plusDays(14))).isTrue();
        assertThat(entry(OLD, NOW.minusDays(200), null).isDue(NOW)).isTrue();
        assertThat(entry(OLD, NOW.minusDays(100), null).isDue(NOW)).isFalse();
    }

    @Test
    void selectorsSayHalfYearAndAlgorithm() {
        assertThat(DkimRotation.selectorFor(DkimAlgorithm.RSA, NOW, taken -> false))
                .isEqualTo("2026h2r");
        assertThat(DkimRotation.selectorFor(DkimAlgorithm.ED25519, NOW, Set.of("2026h2e", "2026h2e2")::contains))
                .isEqualTo("2026h2e3");
    }

    private static DkimRotation.Entry entry(
            DkimKey key, OffsetDateTime activeFrom, @org.jspecify.annotations.Nullable OffsetDateTime retired) {
        return new DkimRotation.Entry(
                key, activeFrom.minusDays(2), Optional.of(activeFrom), Optional.ofNullable(retired));
    }

    private static DkimPublication.State published(
            @org.jspecify.annotations.Nullable List<String> records, DkimKey key) {
        return new DkimPublication(new Dns() {
                    @Override
                    public List<String> txt(String name) {
                        assertThat(name).isEqualTo(key.recordName());
                        if (records == null) {
                            throw new Dns.DnsUnavailable(name, new java.io.IOException("time-out"));
                        }
                        return records;
                    }

                    @Override
                    public List<Mx> mx(String name) {
                        return List.of();
                    }

                    @Override
                    public List<String> addresses(String name) {
                        return List.of();
                    }
                })
                .of(key);
    }
}
