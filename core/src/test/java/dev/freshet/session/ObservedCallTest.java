package dev.freshet.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.session.ObservedCall.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservedCallTest {

  private static final String PODS = "/api/v1/namespaces/a/pods";

  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "GET,,'',CONSISTENT_LIST",
        "GET,,limit=1&labelSelector=a%3Db,CONSISTENT_LIST",
        "GET,,resourceVersion=,CONSISTENT_LIST",
        "GET,,resourceVersion=0,LIST",
        "GET,,limit=1&continue=x,LIST",
        "GET,,watch=true,NOTHING",
        "GET,,watch=1&resourceVersion=5,NOTHING",
        "GET,,watch=false,CONSISTENT_LIST",
        "GET,,watch=0,CONSISTENT_LIST",
        "get,/b,'',GET",
        "GET,/b/log,'',NOTHING",
        "POST,,'',WRITE",
        "POST,,fieldManager=x&dryRun=All,NOTHING",
        "PUT,/b,'',WRITE",
        "PATCH,/b/status,force=true,WRITE",
        "DELETE,/b,'',DELETE",
        "DELETE,/b,dryRun=All,NOTHING",
        "DELETE,,labelSelector=x,DELETE_COLLECTION",
        "HEAD,/b,'',NOTHING",
      })
  void knowsWhatARequestMayDo(String method, String rest, String query, Kind kind) {
    String path = PODS + (rest == null ? "" : rest);
    assertThat(ObservedCall.of(method, path, query, "").orElseThrow().kind()).isEqualTo(kind);
  }
}
