package dev.forebay.dialect.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotFoundTest {

  private static boolean said(int status, String json, String resource) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    return NotFound.said(status, name -> null, body, resource);
  }

  @Test
  void readsItFromStatusCodeAndType() {
    assertThat(said(404, "{'error':{'message':'No such File object: f','type':'x'}}", "f"))
        .isTrue();
    assertThat(said(400, "{'error':{'code':'previous_response_not_found'}}", "resp_1")).isTrue();
    assertThat(said(400, "{'type':'error','error':{'type':'not_found_error'}}", "file_1")).isTrue();
    assertThat(said(400, "{'error':{'code':400,'status':'NOT_FOUND'}}", "files/x")).isTrue();
  }

  @Test
  void readsItFromMessagesThatNameTheResource() {
    String message = "{'error':{'message':'Item with id “rs_1” not found.'}}";
    assertThat(said(400, message, "rs_1")).isTrue();
    assertThat(said(400, message, "resp_7")).isFalse();
    assertThat(
            said(
                403,
                "{'error':{'message':'You do not have permission to access the File abc or it may"
                    + " not exist.','status':'PERMISSION_DENIED'}}",
                "files/abc"))
        .isTrue();
  }

  @Test
  void everythingElseIsSomethingElse() {
    assertThat(said(400, "{'error':{'message':'Invalid temperature: 99'}}", "resp_1")).isFalse();
    assertThat(said(404, "<html>", "f")).isFalse();
    assertThat(
            said(403, "{'error':{'message':'Denied','status':'PERMISSION_DENIED'}}", "files/abc"))
        .isFalse();
  }
}
