/*
 * fail.c: loaded before a program (LD_PRELOAD), makes one call of a function fail.
 *
 *   NTH_CALL=write NTH=3 NTH_ERRNO=28 NTH_LOG=log LD_PRELOAD=fail.so gomemlab run ...
 *
 * Calls are counted from main() on, those of the program and of all its libraries, libc included.
 * NTH_STAYS=1: the calls after the n-th fail, too. NTH_CALL=all: none fails, all are counted.
 * NTH_LOG gets a line "failed" with those who called, innermost first, when a call is made to fail,
 * and at the end a line "counted write 12" for each function that was called.
 *
 * Functions that allocate are replaced. What asks the kernel is caught at the system call: libc's
 * own calls (of a FILE, of a DIR) would be missed otherwise. A seccomp filter turns the system call
 * that is asked for into a SIGSYS, whose handler counts it and makes it in the program's place,
 * from the one address that the filter lets through. Writing to stderr never fails, because that is
 * where the program says what did.
 *
 * With NTH_WRAP it is linked instead (ld --wrap=malloc ...), for programs built with sanitizers,
 * which have an allocator of their own. Then only calls of the program itself are counted, and only
 * of functions that allocate.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FRAMES_MAX = 24, LINE_BYTES = 8192 };

/* What fails goes by these names. */
#define CALLS(X)                                                                                   \
    X(malloc)                                                                                      \
    X(calloc)                                                                                      \
    X(realloc)                                                                                     \
    X(aligned_alloc)                                                                               \
    X(mmap)                                                                                        \
    X(mprotect)                                                                                    \
    X(madvise)                                                                                     \
    X(mincore)                                                                                     \
    X(open)                                                                                        \
    X(read)                                                                                        \
    X(write)                                                                                       \
    X(fsync)                                                                                       \
    X(rename)                                                                                      \
    X(link)                                                                                        \
    X(unlink)                                                                                      \
    X(chmod)                                                                                       \
    X(lseek)                                                                                       \
    X(stat)                                                                                        \
    X(readdir)                                                                                     \
    X(poll)                                                                                        \
    X(ioctl)                                                                                       \
    X(fcntl)                                                                                       \
    X(dup)                                                                                         \
    X(pipe)                                                                                        \
    X(sigaction)

enum call {
#define X(name) CALL_##name,
    CALLS(X)
#undef X
        CALL_COUNT
};

static const char *const names[CALL_COUNT] = {
#define X(name) #name,
    CALLS(X)
#undef X
};

static struct {
    bool counting;  /* main() has begun */
    bool inside;    /* we call something ourselves */
    enum call call; /* CALL_COUNT: none fails */
    const char *log;
    long nth, counted[CALL_COUNT];
    int error;
    bool stays;
} plan = {.call = CALL_COUNT};

/* ---- the log -------------------------------------------------------------------------------- */

/* A system call that the filter lets through: -errno or what it gives. */
long nth_syscall(long number, long a, long b, long c, long d, long e, long f);

static void write_log(const char *text, size_t bytes) {
    const long fd = nth_syscall(SYS_openat, AT_FDCWD, (long)plan.log,
                                O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666, 0, 0);
    if (fd >= 0) {
        (void)nth_syscall(SYS_write, fd, (long)text, (long)bytes, 0, 0, 0);
        (void)nth_syscall(SYS_close, fd, 0, 0, 0, 0, 0);
    }
}

/* " gomemlab+0x1234 libc.so.6:fopen": a place in the code, as the log has it. */
static int print_frame(char *out, size_t room, const void *frame) {
    Dl_info info;
    if (dladdr(frame, &info) == 0 || info.dli_fname == NULL) {
        return snprintf(out, room, " ?");
    }
    const char *slash = strrchr(info.dli_fname, '/');
    const char *name = slash != NULL ? slash + 1 : info.dli_fname;
    if (info.dli_sname != NULL) {
        return snprintf(out, room, " %s:%s", name, info.dli_sname);
    }
    return snprintf(out, room, " %s+0x%lx", name,
                    (unsigned long)((uintptr_t)frame - (uintptr_t)info.dli_fbase));
}

/* The word, and who called. */
static void log_callers(const char *word) {
    static char line[LINE_BYTES];
    void *frames[FRAMES_MAX];
    size_t used = (size_t)snprintf(line, sizeof line, "%s", word);
    const int count = backtrace(frames, FRAMES_MAX);
    for (int i = 0; i < count && used + 300 < sizeof line; i++) {
        used += (size_t)print_frame(line + used, sizeof line - used, frames[i]);
    }
    line[used++] = '\n';
    write_log(line, used);
}

/* ---- counting ------------------------------------------------------------------------------- */

/* Whether this call of the function is one that fails; errno says why then. */
static bool fails(enum call call) {
    if (!plan.counting || plan.inside) {
        return false;
    }
    const long counted = ++plan.counted[call];
    if (call != plan.call || counted < plan.nth || (!plan.stays && counted > plan.nth)) {
        return false;
    }
    if (counted == plan.nth) {
        plan.inside = true;
        log_callers("failed");
        plan.inside = false;
    }
    errno = plan.error;
    return true;
}

__attribute__((destructor)) static void log_counts(void) {
    char line[64];
    for (int i = 0; plan.counting && i < CALL_COUNT; i++) {
        if (plan.counted[i] > 0) {
            write_log(line, (size_t)snprintf(line, sizeof line, "counted %s %ld\n", names[i],
                                             plan.counted[i]));
        }
    }
}

static long number_of(const char *name) {
    const char *text = getenv(name);
    return text != NULL ? strtol(text, NULL, 10) : 0;
}

/* False: nothing is asked for. */
static bool read_plan(void) {
    void *frames[FRAMES_MAX];
    const char *call = getenv("NTH_CALL");
    plan.log = getenv("NTH_LOG");
    plan.nth = number_of("NTH");
    plan.error = (int)number_of("NTH_ERRNO");
    plan.stays = number_of("NTH_STAYS") != 0;
    for (int i = 0; call != NULL && i < CALL_COUNT; i++) {
        plan.call = strcmp(names[i], call) == 0 ? (enum call)i : plan.call;
    }
    (void)backtrace(frames, FRAMES_MAX); /* loads what it needs while nothing fails */
    return call != NULL && plan.log != NULL;
}

/* ---- functions that allocate ---------------------------------------------------------------- */

#ifdef NTH_WRAP
#define OURS(name) __wrap_##name
#define REAL(name) __real_##name
#define REAL_ALIGNED __real_aligned_alloc
#else
#define OURS(name) name
#define REAL(name) __libc_##name
#define REAL_ALIGNED __libc_memalign
#endif

void *OURS(malloc)(size_t bytes);
void *OURS(calloc)(size_t count, size_t bytes);
void *OURS(realloc)(void *block, size_t bytes);
void *OURS(aligned_alloc)(size_t alignment, size_t bytes);
void *REAL(malloc)(size_t bytes);
void *REAL(calloc)(size_t count, size_t bytes);
void *REAL(realloc)(void *block, size_t bytes);
void *REAL_ALIGNED(size_t alignment, size_t bytes);

void *OURS(malloc)(size_t bytes) {
    return fails(CALL_malloc) ? NULL : REAL(malloc)(bytes);
}

void *OURS(calloc)(size_t count, size_t bytes) {
    return fails(CALL_calloc) ? NULL : REAL(calloc)(count, bytes);
}

void *OURS(realloc)(void *block, size_t bytes) {
    return fails(CALL_realloc) ? NULL : REAL(realloc)(block, bytes);
}

void *OURS(aligned_alloc)(size_t alignment, size_t bytes) {
    return fails(CALL_aligned_alloc) ? NULL : REAL_ALIGNED(alignment, bytes);
}

#ifdef NTH_WRAP

char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t bytes);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t bytes);

char *__wrap_strdup(const char *text) {
    return fails(CALL_malloc) ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t bytes) {
    return fails(CALL_malloc) ? NULL : __real_strndup(text, bytes);
}

long nth_syscall(long number, long a, long b, long c, long d, long e, long f) {
    const long result = syscall(number, a, b, c, d, e, f);
    return result < 0 ? -errno : result;
}

__attribute__((constructor)) static void begin(void) {
    plan.counting = read_plan();
}

#else /* the rest of the file: system calls */

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <ucontext.h>

extern const char nth_syscall_end[]; /* the address behind the instruction */

#if defined __x86_64__
#define ARCH AUDIT_ARCH_X86_64
__asm__(".text\n.globl nth_syscall\n.hidden nth_syscall\n.type nth_syscall, @function\n"
        "nth_syscall:\n"
        "  movq %rdi, %rax\n  movq %rsi, %rdi\n  movq %rdx, %rsi\n  movq %rcx, %rdx\n"
        "  movq %r8, %r10\n  movq %r9, %r8\n  movq 8(%rsp), %r9\n"
        "  syscall\n"
        ".globl nth_syscall_end\n.hidden nth_syscall_end\n"
        "nth_syscall_end:\n"
        "  ret\n");
#define REG(context, i) ((context)->uc_mcontext.gregs[(i)])
static const int argument_registers[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
enum { RESULT_REGISTER = REG_RAX };
#elif defined __aarch64__
#define ARCH AUDIT_ARCH_AARCH64
__asm__(".text\n.globl nth_syscall\n.hidden nth_syscall\n.type nth_syscall, %function\n"
        "nth_syscall:\n"
        "  mov x8, x0\n  mov x0, x1\n  mov x1, x2\n  mov x2, x3\n  mov x3, x4\n  mov x4, x5\n"
        "  mov x5, x6\n"
        "  svc #0\n"
        ".globl nth_syscall_end\n.hidden nth_syscall_end\n"
        "nth_syscall_end:\n"
        "  ret\n");
#define REG(context, i) ((context)->uc_mcontext.regs[(i)])
static const int argument_registers[] = {0, 1, 2, 3, 4, 5};
enum { RESULT_REGISTER = 0 };
#else
#error "fail.c knows the system calls of x86-64 and aarch64"
#endif

/* System calls, and the name they go by. */
static const struct {
    long number;
    enum call call;
} syscalls[] = {
#ifdef SYS_open /* the older ones, which newer machines never had */
    {SYS_open, CALL_open},        {SYS_rename, CALL_rename},
    {SYS_renameat, CALL_rename},  {SYS_link, CALL_link},
    {SYS_unlink, CALL_unlink},    {SYS_chmod, CALL_chmod},
    {SYS_stat, CALL_stat},        {SYS_lstat, CALL_stat},
    {SYS_poll, CALL_poll},        {SYS_select, CALL_poll},
    {SYS_dup2, CALL_dup},         {SYS_pipe, CALL_pipe},
#endif
    {SYS_mmap, CALL_mmap},        {SYS_mprotect, CALL_mprotect},
    {SYS_madvise, CALL_madvise},  {SYS_mincore, CALL_mincore},
    {SYS_openat, CALL_open},      {SYS_read, CALL_read},
    {SYS_write, CALL_write},      {SYS_fsync, CALL_fsync},
    {SYS_renameat2, CALL_rename}, {SYS_linkat, CALL_link},
    {SYS_unlinkat, CALL_unlink},  {SYS_fchmod, CALL_chmod},
    {SYS_fchmodat, CALL_chmod},   {SYS_lseek, CALL_lseek},
    {SYS_fstat, CALL_stat},       {SYS_newfstatat, CALL_stat},
    {SYS_statx, CALL_stat},       {SYS_getdents64, CALL_readdir},
    {SYS_ppoll, CALL_poll},       {SYS_pselect6, CALL_poll},
    {SYS_ioctl, CALL_ioctl},      {SYS_fcntl, CALL_fcntl},
    {SYS_dup, CALL_dup},          {SYS_dup3, CALL_dup},
    {SYS_pipe2, CALL_pipe},       {SYS_rt_sigaction, CALL_sigaction},
};
enum { SYSCALLS = sizeof syscalls / sizeof syscalls[0] };

/* CALL_COUNT: none of ours. */
static enum call call_of(long number) {
    enum call call = CALL_COUNT;
    for (size_t i = 0; i < SYSCALLS; i++) {
        call = syscalls[i].number == number ? syscalls[i].call : call;
    }
    return call;
}

static void on_syscall(int signal, siginfo_t *info, void *about) {
    ucontext_t *context = about;
    const int saved = errno;
    long a[6];
    (void)signal;
    for (size_t i = 0; i < 6; i++) {
        a[i] = (long)REG(context, argument_registers[i]);
    }
    const bool says = info->si_syscall == SYS_write && a[0] == STDERR_FILENO;
    long result = -plan.error;
    if (says || !fails(call_of(info->si_syscall))) {
        result = nth_syscall(info->si_syscall, a[0], a[1], a[2], a[3], a[4], a[5]);
    }
    REG(context, RESULT_REGISTER) = result;
    errno = saved;
}

/* From here on the system calls of that name, or all of ours, come to on_syscall(). */
static void catch_syscalls(void) {
    enum { HEAD = 8, TAIL = 2 };
    struct sock_filter filter[HEAD + 2 * SYSCALLS + TAIL];
    const uint64_t ours = (uint64_t)(uintptr_t)nth_syscall_end;
    unsigned short used = 0;
#define LOAD(member)                                                                               \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, member))
#define IF(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), then, otherwise)
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, (what))
    const struct sock_filter head[HEAD] = {
        LOAD(arch),
        IF(ARCH, 1, 0),
        RETURN(SECCOMP_RET_ALLOW),
        LOAD(instruction_pointer),
        IF((uint32_t)ours, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                 (uint32_t)offsetof(struct seccomp_data, instruction_pointer) + 4),
        IF((uint32_t)(ours >> 32), 0, 1),
        RETURN(SECCOMP_RET_ALLOW),
    };
    memcpy(filter, head, sizeof head);
    used = HEAD;
    filter[used++] = (struct sock_filter)LOAD(nr);
    const unsigned short first = used;
    for (size_t i = 0; i < SYSCALLS; i++) {
        if (plan.call == CALL_COUNT || syscalls[i].call == plan.call) {
            filter[used++] = (struct sock_filter)IF((uint32_t)syscalls[i].number, 0, 1);
            filter[used++] = (struct sock_filter)RETURN(SECCOMP_RET_TRAP);
        }
    }
    const bool any = used > first;
    filter[used++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
    const struct sock_fprog program = {used, filter};
    if (any && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
                prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)) {
        perror("fail.so: seccomp");
        _exit(126);
    }
}

/* What the program does when it crashes; before that, the log gets where. */
static void (*on_their_crash)(int number);

static void on_crash(int number) {
    log_callers("crashed");
    if (on_their_crash != NULL) {
        on_their_crash(number);
    }
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static int (*real_main)(int argc, char **argv, char **environment);
static int (*real_sigaction)(int number, const struct sigaction *action, struct sigaction *old);

int sigaction(int number, const struct sigaction *action, struct sigaction *old) {
    if (real_sigaction == NULL) {
        *(void **)&real_sigaction = dlsym(RTLD_NEXT, "sigaction");
    }
    if (number == SIGSYS && plan.counting) {
        return 0; /* it is ours */
    }
    if (action == NULL) {
        return real_sigaction(number, action, old);
    }
    struct sigaction same = *action;
    sigdelset(&same.sa_mask, SIGSYS); /* what comes while it is blocked would kill */
    if (number == SIGSEGV && plan.counting && same.sa_handler != SIG_DFL) {
        on_their_crash = same.sa_handler;
        same.sa_handler = on_crash;
    }
    return real_sigaction(number, &same, old);
}

void (*signal(int number, void (*handler)(int)))(int) {
    const struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    struct sigaction old = {.sa_handler = SIG_DFL};
    return sigaction(number, &action, &old) == 0 ? old.sa_handler : SIG_ERR;
}

static int main_of_all(int argc, char **argv, char **environment) {
    const struct sigaction action = {.sa_sigaction = on_syscall,
                                     .sa_flags = SA_SIGINFO | SA_NODEFER};
    if (read_plan()) {
        (void)sigaction(SIGSYS, &action, NULL);
        (void)signal(SIGSEGV, on_crash);
        catch_syscalls();
        plan.counting = true;
    }
    return real_main(argc, argv, environment);
}

typedef int start_fn(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void),
                     void (*fini)(void), void (*rtld_fini)(void), void *stack_end);
start_fn __libc_start_main;

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end) {
    start_fn *start;
    *(void **)&start = dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = main;
    return start(main_of_all, argc, argv, init, fini, rtld_fini, stack_end);
}

#endif
