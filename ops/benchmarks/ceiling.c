// What libpq can do: replays captured transactions, pipelined, on one poll loop, and prints how many a second.
//
// ceiling REPLAY CONNINFO CONNECTIONS DEPTH SECONDS
// REPLAY is written by replay.py; DEPTH transactions are under way on each connection. Each statement is prepared
// once on each connection, in the pipeline of its first use; what must be fresh is made anew for each transaction.
#include <ctype.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PARAMETERS_MAX = 64, PATCHES_MAX = 32, SLOTS_MAX = 16 };

typedef struct {
    int offset, slot;
} Patch;

typedef struct {
    int length; // -1 is null
    int binary;
    char *bytes;
    int patch_count;
    Patch patches[PATCHES_MAX];
} Parameter;

typedef struct {
    int text; // index into texts
    int parameter_count;
    Parameter *parameters;
} Statement;

// 'u' a UUIDv7 as text, 'c' a code like its sample, 'b' so many random bytes.
typedef struct {
    char kind;
    int length;
    char sample[64];
    char value[64];
} Slot;

typedef struct {
    int slot_count, statement_count;
    Slot slots[SLOTS_MAX];
    Statement *statements;
} Transaction;

typedef struct {
    PGconn *pg;
    bool *prepared;
    int expected, syncs, errors_in_transaction;
    bool wants_write;
} Line;

static char **texts;
static int text_count;
static Transaction *transactions;
static int transaction_count;
static uint64_t seed;
static long done, failed;
static char first_failure[512];

static void die(const char *format, ...) {
    va_list list;
    va_start(list, format);
    fputs("ceiling: ", stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    va_end(list);
    exit(1);
}

static uint64_t chance(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

// Reading the replay

static char *take_bytes(FILE *file, int length) {
    char *bytes = malloc((size_t)length + 1);
    if (!bytes || fread(bytes, 1, (size_t)length, file) != (size_t)length) die("the replay is cut off");
    bytes[length] = 0;
    fgetc(file);
    return bytes;
}

static int text_index(char *text) {
    for (int i = 0; i < text_count; i++)
        if (!strcmp(texts[i], text)) return i;
    texts = realloc(texts, sizeof *texts * (size_t)(text_count + 1));
    texts[text_count] = text;
    return text_count++;
}

static void read_parameter(FILE *file, Parameter *parameter) {
    if (fscanf(file, " parameter %d %d %d", &parameter->length, &parameter->binary, &parameter->patch_count) != 3
        || parameter->patch_count > PATCHES_MAX)
        die("a parameter cannot be read");
    for (int i = 0; i < parameter->patch_count; i++)
        if (fscanf(file, "%d %d", &parameter->patches[i].offset, &parameter->patches[i].slot) != 2) die("a patch");
    fgetc(file);
    if (parameter->length >= 0) parameter->bytes = take_bytes(file, parameter->length);
}

static void read_replay(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) die("cannot read %s", path);
    int slots, statements;
    while (fscanf(file, " transaction %d %d", &slots, &statements) == 2) {
        transactions = realloc(transactions, sizeof *transactions * (size_t)(transaction_count + 1));
        Transaction *one = &transactions[transaction_count++];
        one->slot_count = slots;
        one->statement_count = statements;
        one->statements = calloc((size_t)statements, sizeof(Statement));
        if (slots > SLOTS_MAX) die("too many fresh values");
        for (int i = 0; i < slots; i++) {
            Slot *slot = &one->slots[i];
            if (fscanf(file, " slot %c %d %63s", &slot->kind, &slot->length, slot->sample) != 3) die("a slot");
        }
        for (int i = 0; i < statements; i++) {
            Statement *statement = &one->statements[i];
            int length;
            if (fscanf(file, " statement %d %d", &length, &statement->parameter_count) != 2
                || statement->parameter_count > PARAMETERS_MAX)
                die("a statement cannot be read");
            fgetc(file);
            statement->text = text_index(take_bytes(file, length));
            statement->parameters = calloc((size_t)statement->parameter_count + 1, sizeof(Parameter));
            for (int p = 0; p < statement->parameter_count; p++) read_parameter(file, &statement->parameters[p]);
        }
    }
    fclose(file);
    if (!transaction_count) die("%s has no transactions", path);
}

// Fresh values

static void renew(Slot *slot) {
    static const char letters[] = "ABCDEFGHJKMNPQRSTVWXYZ", digits[] = "23456789";
    if (slot->kind == 'u') {
        struct timespec at;
        clock_gettime(CLOCK_REALTIME, &at);
        uint64_t ms = (uint64_t)at.tv_sec * 1000 + (uint64_t)at.tv_nsec / 1000000, a = chance(), b = chance();
        snprintf(slot->value, sizeof slot->value, "%08x-%04x-7%03x-%04x-%012llx", (unsigned)(ms >> 16),
            (unsigned)(ms & 0xffff), (unsigned)(a & 0xfff), (unsigned)(0x8000 | ((a >> 12) & 0x3fff)),
            (unsigned long long)(b & 0xffffffffffffULL));
    } else if (slot->kind == 'b') {
        for (int i = 0; i < slot->length; i++) slot->value[i] = (char)(chance() >> 24);
    } else {
        for (int i = 0; i < slot->length; i++) {
            char was = slot->sample[i];
            uint64_t any = chance() >> 16;
            slot->value[i] = isdigit(was) ? digits[any % 8] : isalpha(was) ? letters[any % 22] : was;
        }
    }
}

// Sending

static void send_statement(Line *line, Statement *statement, Slot *slots) {
    const char *values[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX];
    for (int i = 0; i < statement->parameter_count; i++) {
        Parameter *parameter = &statement->parameters[i];
        for (int p = 0; p < parameter->patch_count; p++) {
            Slot *slot = &slots[parameter->patches[p].slot];
            memcpy(parameter->bytes + parameter->patches[p].offset, slot->value, (size_t)slot->length);
        }
        values[i] = parameter->length < 0 ? NULL : parameter->bytes;
        lengths[i] = parameter->length < 0 ? 0 : parameter->length;
        formats[i] = parameter->binary;
    }
    char name[16];
    snprintf(name, sizeof name, "s%d", statement->text);
    if (!line->prepared[statement->text]) {
        PQsendPrepare(line->pg, name, texts[statement->text], 0, NULL);
        line->prepared[statement->text] = true;
        line->expected++;
    }
    PQsendQueryPrepared(line->pg, name, statement->parameter_count, values, lengths, formats, 0);
    line->expected++;
}

static void send_transaction(Line *line) {
    Transaction *one = &transactions[chance() % (uint64_t)transaction_count];
    for (int i = 0; i < one->slot_count; i++) renew(&one->slots[i]);
    for (int i = 0; i < one->statement_count; i++) send_statement(line, &one->statements[i], one->slots);
    PQpipelineSync(line->pg);
    line->expected++;
    line->syncs++;
}

static void flush(Line *line) {
    int left = PQflush(line->pg);
    if (left < 0) die("%s", PQerrorMessage(line->pg));
    line->wants_write = left == 1;
}

static void receive(Line *line, bool counts) {
    if (!PQconsumeInput(line->pg)) die("%s", PQerrorMessage(line->pg));
    while (line->expected && !PQisBusy(line->pg)) {
        PGresult *result = PQgetResult(line->pg);
        if (!result) continue;
        ExecStatusType status = PQresultStatus(result);
        line->expected--;
        if (status == PGRES_PIPELINE_SYNC) {
            line->syncs--;
            if (counts && !line->errors_in_transaction) done++;
            if (line->errors_in_transaction) failed++;
            line->errors_in_transaction = 0;
        } else if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
            if (!line->errors_in_transaction++ && !first_failure[0])
                snprintf(first_failure, sizeof first_failure, "%s", PQresultErrorMessage(result));
        }
        PQclear(result);
    }
}

int main(int count, char **words) {
    if (count != 6) die("REPLAY CONNINFO CONNECTIONS DEPTH SECONDS");
    int connections = atoi(words[3]), depth = atoi(words[4]);
    double seconds = atof(words[5]), warm = 0.5;
    seed = (uint64_t)(now() * 1e9) | 1;
    read_replay(words[1]);
    Line *lines = calloc((size_t)connections, sizeof *lines);
    struct pollfd *polls = calloc((size_t)connections, sizeof *polls);
    for (int i = 0; i < connections; i++) {
        lines[i].pg = PQconnectdb(words[2]);
        if (PQstatus(lines[i].pg) != CONNECTION_OK) die("%s", PQerrorMessage(lines[i].pg));
        PQsetnonblocking(lines[i].pg, 1);
        PQenterPipelineMode(lines[i].pg);
        lines[i].prepared = calloc((size_t)text_count, sizeof(bool));
        polls[i].fd = PQsocket(lines[i].pg);
    }
    double began = now(), end = began + warm + seconds;
    int under_way = 1;
    while (now() < end || under_way) {
        double at = now();
        under_way = 0;
        for (int i = 0; i < connections; i++) {
            while (at < end && lines[i].syncs < depth) send_transaction(&lines[i]);
            if (lines[i].expected) flush(&lines[i]);
            under_way += lines[i].expected;
            polls[i].events = (short)(POLLIN | (lines[i].wants_write ? POLLOUT : 0));
        }
        if (!under_way) break;
        if (poll(polls, (nfds_t)connections, 1000) <= 0) continue;
        at = now();
        for (int i = 0; i < connections; i++)
            if (polls[i].revents) receive(&lines[i], at >= began + warm && at < end);
    }
    for (int i = 0; i < connections; i++) PQfinish(lines[i].pg);
    // A code may, once in a great while, be drawn twice.
    if (failed * 1000 > done) die("%ld of %ld failed: %s", failed, done + failed, first_failure);
    printf("%.1f\n", (double)done / seconds);
    return 0;
}
