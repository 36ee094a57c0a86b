/* smpoll: asks a socketmap server over many connections by few threads, each of which waits for all of its own with epoll(7),
 * as pgbench -j and wrk do. Where client and server share a machine, a thread for each connection takes much of what is to be
 * measured for being woken. Each connection asks one thing at a time; every answer is checked. Prints what smload prints.
 * Loopback only.
 *   smpoll -a inet:127.0.0.1:PORT -m MAP -k KEYFILE -c CONNECTIONS [-j THREADS, 2] [-s SECONDS, 5] [-r RATE]
 *   KEYFILE: one "key<TAB>expected payload" a line ("OK x", "NOTFOUND ", or empty = not checked).
 *   RATE: requests a second of all connections, evenly; times then count from when a request was due, sent or not. Without one (0)
 *   each connection asks again when it is answered.
 *   smpoll serve -p PORT: a responder that looks nothing up, one thread for all connections. Takes each read for a request. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST = 1024, BUCKETS = 4096, LONGEST_WAIT = 100000000 /* nanoseconds */ };

typedef struct {
  char request[LONGEST], reply[LONGEST];
  int request_length, reply_length;
} Item;

typedef struct {
  int socket, item, got;
  char reply[LONGEST];
  double asked, due; /* due: when to ask next, with a rate; asked: from when the time counts */
  int waits;
} Client;

typedef struct {
  pthread_t thread;
  Client *clients;
  int count, epoll;
  unsigned random;
  long requests, errors, wrong, temp;
  uint32_t histogram[BUCKETS];
  double longest;
} Worker;

static Item *items;
static int item_count;
static atomic_int stop;
static double gap; /* microseconds between two requests of a connection; 0: each as soon as the last is answered */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

/* Log-linear: 64 buckets for each doubling of sixteenths of a microsecond. */
static int bucket(double us) {
  uint64_t v = (uint64_t)(us * 16);
  if (v < 64) return (int)v;
  int octave = 63 - __builtin_clzll(v), b = (octave - 5) * 64 + (int)((v >> (octave - 6)) & 63);
  return b < BUCKETS ? b : BUCKETS - 1;
}

static double unbucket(int b) {
  return b < 64 ? b / 16.0 : (double)((uint64_t)(64 + b % 64) << (b / 64 - 1)) / 16.0;
}

static void drop(Worker *w, Client *c) {
  w->errors++;
  close(c->socket);
  c->socket = -1;
}

static void ask(Worker *w, Client *c) {
  w->random = w->random * 1664525u + 1013904223u;
  c->item = (int)((w->random >> 8) % (unsigned)item_count);
  c->got = 0;
  c->asked = gap ? c->due : now();
  c->due += gap;
  c->waits = 1;
  Item *item = &items[c->item];
  if (send(c->socket, item->request, item->request_length, MSG_NOSIGNAL) != item->request_length) drop(w, c);
}

/* The length of the netstring that has come whole, 0 if there is more to come, -1 if it is none that fits. */
static int whole(const Client *c) {
  char *colon;
  unsigned long payload = strtoul(c->reply, &colon, 10);
  if (!*colon) return 0;
  int length = (int)(colon - c->reply) + 1 + (int)payload + 1;
  if (*colon != ':' || payload >= LONGEST || length >= LONGEST) return -1;
  return length <= c->got ? length : 0;
}

static void check(Worker *w, Client *c, int length) {
  const Item *item = &items[c->item];
  double us = now() - c->asked;
  w->requests++;
  w->histogram[bucket(us)]++;
  if (us > w->longest) w->longest = us;
  if (!item->reply_length || (length == item->reply_length && !memcmp(c->reply, item->reply, length))) return;
  if (memmem(c->reply, length, ":TEMP", 5) || memmem(c->reply, length, ":TIMEOUT", 8))
    w->temp++;
  else if (w->wrong++ < 3)
    fprintf(stderr, "wrong: asked %s got %.*s wanted %s\n", item->request, length, c->reply, item->reply);
}

static void hear(Worker *w, Client *c) {
  ssize_t n = recv(c->socket, c->reply + c->got, LONGEST - 1 - c->got, MSG_DONTWAIT);
  if (n < 0 && errno == EAGAIN) return;
  int length = -1;
  if (n > 0) {
    c->got += (int)n;
    c->reply[c->got] = 0;
    length = whole(c);
  }
  if (length < 0) {
    drop(w, c);
  } else if (length > 0) {
    check(w, c, length);
    c->waits = 0;
    if (!stop && !gap) ask(w, c);
  }
}

/* Asks for what is due; how long until more is, in nanoseconds. */
static long ask_due(Worker *w) {
  double at = now(), next = at + LONGEST_WAIT / 1e3;
  for (Client *c = w->clients; c < w->clients + w->count; c++) {
    if (c->socket < 0 || c->waits) continue;
    if (c->due <= at)
      ask(w, c);
    else if (c->due < next)
      next = c->due;
  }
  double left = (next - now()) * 1e3;
  return left > 0 ? (long)left : 0;
}

static void *work(void *argument) {
  Worker *w = argument;
  struct epoll_event events[256];
  long left = ask_due(w);
  while (!stop) {
    struct timespec wait = {0, left};
    int n = epoll_pwait2(w->epoll, events, 256, &wait, 0);
    for (int i = 0; i < n && !stop; i++) hear(w, events[i].data.ptr);
    left = gap ? ask_due(w) : LONGEST_WAIT;
  }
  return 0;
}

static int dial(struct sockaddr_in *to) {
  int s = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(s, (struct sockaddr *)to, sizeof *to) == 0) return s;
  close(s);
  return -1;
}

static int netstring(char *into, const char *first, const char *second) {
  int length = snprintf(into, LONGEST, "%zu:%s%s,", strlen(first) + strlen(second), first, second);
  if (length < LONGEST) return length;
  fprintf(stderr, "too long: %s%s\n", first, second);
  exit(2);
}

static void read_keys(const char *file, const char *map) {
  FILE *f = fopen(file, "r");
  if (!f) { perror(file); exit(2); }
  char *line = 0, prefix[256];
  size_t room = 0;
  snprintf(prefix, sizeof prefix, "%s ", map);
  for (ssize_t n; (n = getline(&line, &room, f)) > 0;) {
    if (line[n - 1] == '\n') line[n - 1] = 0;
    char *tab = strchr(line, '\t');
    if (!tab) { fprintf(stderr, "no expected answer: %s\n", line); exit(2); }
    *tab = 0;
    if (item_count % 4096 == 0) items = realloc(items, (item_count + 4096) * sizeof *items);
    Item *item = &items[item_count++];
    item->request_length = netstring(item->request, prefix, line);
    item->reply_length = tab[1] ? netstring(item->reply, tab + 1, "") : 0;
  }
  fclose(f);
}

static void report(const Worker *workers, int threads, double seconds) {
  static uint64_t histogram[BUCKETS];
  long requests = 0, errors = 0, wrong = 0, temp = 0;
  double longest = 0, quantiles[] = {.5, .9, .99, .999}, at[4] = {0};
  for (const Worker *w = workers; w < workers + threads; w++) {
    requests += w->requests, errors += w->errors, wrong += w->wrong, temp += w->temp;
    if (w->longest > longest) longest = w->longest;
    for (int b = 0; b < BUCKETS; b++) histogram[b] += w->histogram[b];
  }
  uint64_t sum = 0;
  for (int b = 0, q = 0; b < BUCKETS && q < 4; b++)
    for (sum += histogram[b]; q < 4 && requests && sum >= quantiles[q] * requests; q++) at[q] = unbucket(b);
  printf("requests=%ld seconds=%.2f rps=%.0f errors=%ld wrong=%ld temp=%ld p50=%.0fus p90=%.0fus p99=%.0fus p99.9=%.0fus max=%.0fus\n",
         requests, seconds, requests / seconds, errors, wrong, temp, at[0], at[1], at[2], at[3], longest);
}

static void dial_all(Worker *w, struct sockaddr_in *to) {
  for (Client *c = w->clients; c < w->clients + w->count; c++) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    if ((c->socket = dial(to)) < 0)
      w->errors++;
    else
      epoll_ctl(w->epoll, EPOLL_CTL_ADD, c->socket, &event);
  }
}

static void welcome(int epoll, int listener) {
  int s = accept(listener, 0, 0), one = 1;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = s};
  if (s < 0) return;
  setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  epoll_ctl(epoll, EPOLL_CTL_ADD, s, &event);
}

static void respond(int s) {
  static const char reply[] = "9:NOTFOUND ,";
  char request[LONGEST];
  if (read(s, request, sizeof request) <= 0 || send(s, reply, sizeof reply - 1, MSG_NOSIGNAL) < 0) close(s);
}

static int serve(int port) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0), one = 1;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct epoll_event events[256] = {{.events = EPOLLIN, .data.fd = listener}};
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 4096)) { perror("bind"); return 1; }
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, events);
  for (;;) {
    int n = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < n; i++)
      if (events[i].data.fd == listener)
        welcome(epoll, listener);
      else
        respond(events[i].data.fd);
  }
}

int main(int argc, char **argv) {
  if (argc == 4 && !strcmp(argv[1], "serve") && !strcmp(argv[2], "-p")) return serve(atoi(argv[3]));
  const char *address = "", *map = "", *keys = "";
  int connections = 1, threads = 2, seconds = 5, rate = 0, port, from = 0;
  for (int o; (o = getopt(argc, argv, "a:m:k:c:j:s:r:")) > 0;) switch (o) {
      case 'a': address = optarg; break;
      case 'm': map = optarg; break;
      case 'k': keys = optarg; break;
      case 'c': connections = atoi(optarg); break;
      case 'j': threads = atoi(optarg); break;
      case 's': seconds = atoi(optarg); break;
      case 'r': rate = atoi(optarg); break;
      default: return 2;
    }
  if (sscanf(address, "inet:127.0.0.1:%d", &port) != 1 || connections < 1 || threads < 1) {
    fprintf(stderr, "usage: smpoll -a inet:127.0.0.1:PORT -m MAP -k KEYFILE -c CONNECTIONS [-j THREADS] [-s SECONDS] [-r RATE]\n");
    return 2;
  }
  if (threads > connections) threads = connections;
  read_keys(keys, map);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  Worker *workers = calloc(threads, sizeof *workers);
  Client *clients = calloc(connections, sizeof *clients);
  for (int i = 0; i < threads; from += workers[i++].count) {
    workers[i] = (Worker){.clients = clients + from,
                          .count = connections / threads + (i < connections % threads),
                          .epoll = epoll_create1(0),
                          .random = (i + 1) * 2654435761u};
    dial_all(&workers[i], &to);
  }
  double begun = now();
  gap = rate > 0 ? 1e6 * connections / rate : 0;
  for (int i = 0; i < connections; i++) clients[i].due = gap ? begun + gap * i / connections : 0;
  for (int i = 0; i < threads; i++) pthread_create(&workers[i].thread, 0, work, &workers[i]);
  while (now() - begun < seconds * 1e6) usleep(10000);
  stop = 1;
  double took = (now() - begun) / 1e6;
  for (int i = 0; i < threads; i++) pthread_join(workers[i].thread, 0);
  report(workers, threads, took);
  return 0;
}
