package io.levin.cluster.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | 127.0.0.1",
        "alpha | alpha",
        "alpha,beta,gamma | alpha",
        "alpha beta gamma | alpha",
        "1.2.3.[100-110] | 1.2.3.100",
        "1.2.3.[089, 100-110] | 1.2.3.089",
        "host[22] | host22",
        "host[1,5-9] | host1",
        "host[5-9,1] | host5",
        "alpha, host[5-9], gamma | alpha",
        "alpha[3,1], beta | alpha3",
        "node[7],node[10-12] | node7",
        "a[1],b[2-3] | a1",
        "rack[0-63]_blade[0-41] | rack0_blade0",
        "host[22]-ib | host22-ib",
        "host[1-3]suffix | host1suffix",
        "node[72-56] | node72",
        "[007-9] | 007",
      })
  void theFirstHostIsTheFirstOfEveryGroup(String list, String first) {
    assertThat(HostList.parse(list).first()).isEqualTo(first);
  }

  @Test
  void expandsInOrderWithPaddingAndRepetitions() {
    assertThat(HostList.parse("n[08-11,3,3],login n[1-2]x[01-2]-ib").hosts())
        .containsExactly(
            "n08",
            "n09",
            "n10",
            "n11",
            "n3",
            "n3",
            "login",
            "n1x01-ib",
            "n1x02-ib",
            "n2x01-ib",
            "n2x02-ib");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "n[",
        "n]",
        "n[]",
        "n[1",
        "n[1-",
        "n[1-]",
        "n[-1]",
        "n[1,]",
        "n[,1]",
        "n[a]",
        "n[1-2-3]",
        "n[1]]",
        "n[[1]]",
        "n[1 2]",
        "n[0x1]",
        "n[+1]",
        "n[٣]",
        "ñ",
        "n\u0000",
        "n[99999999999999999999]"
      })
  void whatIsNoHostListIsRefused(String list) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostList.parse(list));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n[0-999999999]",
        "n[3-1]",
        "n[0-999999999999999999]x[0-999999999999999999]",
        "a[0-99]b[0-99]c[0-99]d[0-99]",
        "n[0-999999999999999999,0-999999999999999999]"
      })
  void whatCannotBeExpandedStillHasAFirstHost(String list) {
    HostList hosts = HostList.parse(list);
    assertThat(hosts.first()).isNotEmpty();
    assertThatIllegalArgumentException().isThrownBy(hosts::hosts);
  }

  @Test
  void sixteenBitsOfHostsAreNotTooMany() {
    assertThat(HostList.parse("n[0-65535],login").hosts()).hasSize(65_537);
  }

  @Test
  void namesThatNoHostCanHaveAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> HostList.parse("n".repeat(256)));
    assertThatIllegalArgumentException().isThrownBy(() -> HostList.parse("[1-9]".repeat(10_000)));
  }

  @Test
  void noTextBreaksTheParser() {
    Random random = new Random(7);
    String alphabet = "n0123459-[],[]-- \t_.x٣\u0000é";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(16); length >= 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String list = text.toString();
      assertThatNoException().describedAs(list).isThrownBy(() -> parseOrRefuse(list));
    }
  }

  private static void parseOrRefuse(String list) {
    try {
      HostList hosts = HostList.parse(list);
      String first = hosts.first();
      if (!hosts.hosts().get(0).equals(first)) {
        throw new AssertionError(first);
      }
    } catch (IllegalArgumentException refused) {
      if (refused instanceof NumberFormatException || refused.getMessage() == null) {
        throw new AssertionError(refused);
      }
    }
  }
}
