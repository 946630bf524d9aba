package io.admix.server.security;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Bounds the sessions of browsers, each of which holds memory: anybody may begin a sign-in and
 * never finish it. The oldest of those end first, and only then the oldest of who is signed in.
 */
@Component
final class Sessions implements HttpSessionListener {
  private static final int MOST = 10_000;

  private final Set<HttpSession> begun = new LinkedHashSet<>();
  private final Set<HttpSession> signedIn = new LinkedHashSet<>();
  private int most = MOST;

  /** For tests: another bound. */
  synchronized void bound(int sessions) {
    most = sessions;
  }

  /** Somebody signed in in this session. */
  synchronized void signedIn(HttpSession session) {
    if (begun.remove(session)) {
      signedIn.add(session);
    }
  }

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    // Ended without the lock: whoever ends a session holds it, and then asks for the lock here.
    for (HttpSession oldest : entered(event.getSession())) {
      try {
        oldest.invalidate();
      } catch (IllegalStateException gone) {
        // It has ended by itself meanwhile.
      }
    }
  }

  private synchronized List<HttpSession> entered(HttpSession session) {
    List<HttpSession> over = new ArrayList<>();
    take(begun, over);
    take(signedIn, over);
    begun.add(session);
    return over;
  }

  /** Until there is room for one more. */
  private void take(Set<HttpSession> sessions, List<HttpSession> over) {
    Iterator<HttpSession> oldest = sessions.iterator();
    while (begun.size() + signedIn.size() >= most && oldest.hasNext()) {
      over.add(oldest.next());
      oldest.remove();
    }
  }

  @Override
  public synchronized void sessionDestroyed(HttpSessionEvent event) {
    begun.remove(event.getSession());
    signedIn.remove(event.getSession());
  }
}
