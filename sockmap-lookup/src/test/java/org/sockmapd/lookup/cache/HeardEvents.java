package org.sockmapd.lookup.cache;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sockmapd.lookup.LookupEvents;

final class HeardEvents implements LookupEvents {
  final List<String> heard = new CopyOnWriteArrayList<>();

  @Override
  public void staleBegan(String mapName) {
    heard.add(mapName + " began");
  }

  @Override
  public void staleEnded(String mapName, long answers) {
    heard.add(mapName + " ended after " + answers);
  }

  @Override
  public void tableFailing(String mapName, String node, Throwable cause) {
    heard.add(mapName + " failing: " + cause.getMessage());
  }
}
