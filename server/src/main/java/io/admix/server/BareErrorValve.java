package io.admix.server;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Tomcat refuses before any code of ours sees it: with the status and nothing else.
 */
public final class BareErrorValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable fault) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType("application/problem+json");
      response.getReporter().write("{\"title\":\"Refused\",\"status\":" + status + "}");
      response.finishResponse();
    } catch (IOException gone) {
      container.getLogger().debug("the caller is gone", gone);
    }
  }
}
