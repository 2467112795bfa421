#include "tui/export/whole_file.h"

#include "engine/base/utf8.h"
#include "tui/export/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NUMBERS_MAX = 1000, ENDING_BYTES = sizeof ".partial-1000", NAME_BYTES_LEAST = 32 };

/* Closes what cannot be used after all, and says so by errno, which stays. */
static void drop(int file) {
    const int error = errno;
    close(file);
    errno = error;
}

/* How many bytes of the path go before ".partial": all, if the folder takes names so long. */
static size_t stem_bytes(const char *path) {
    const char *slash = strrchr(path, '/');
    const size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    enum { LONGEST = 255 - ENDING_BYTES };
    size_t bytes = strlen(path + folder);
    if (bytes > LONGEST) {
        bytes = utf8_begin(path + folder, LONGEST);
        bytes = bytes > NAME_BYTES_LEAST ? bytes : NAME_BYTES_LEAST;
    }
    return folder + bytes;
}

/* Creates NAME.partial, or the first of NAME.partial-2 ... that is free; -1: errno says why. */
static int create_temporary(struct whole_file *whole, mode_t mode) {
    const size_t stem = stem_bytes(whole->name);
    const size_t bytes = stem + ENDING_BYTES;
    whole->temporary = malloc(bytes);
    if (whole->temporary == NULL) {
        return -1;
    }
    int file = -1;
    errno = EEXIST;
    for (int number = 1; file < 0 && errno == EEXIST && number <= NUMBERS_MAX; number++) {
        const int used = snprintf(whole->temporary, bytes, "%.*s.partial", (int)stem, whole->name);
        if (number > 1) {
            snprintf(whole->temporary + used, bytes - (size_t)used, "-%d", number);
        }
        file = open(whole->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    }
    return file;
}

/* Whether we may write what is there. Renaming over it would not ask. */
static bool may_overwrite(const char *name) {
    const int file = open(name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (file >= 0) {
        close(file);
    }
    return file >= 0;
}

/* Gives the new file the owner and permissions of the old one. If the group cannot be kept, others
 * of the new group may do no more than anybody. */
static bool take_after(int file, const struct stat *old) {
    mode_t mode = old->st_mode & 0777U;
    struct stat info;
    if (fstat(file, &info) != 0) {
        return false;
    }
    const bool other = info.st_uid != old->st_uid || info.st_gid != old->st_gid;
    if (other && fchown(file, old->st_uid, old->st_gid) != 0 &&
        fchown(file, (uid_t)-1, old->st_gid) != 0) {
        mode &= ~(mode_t)070 | (mode & 07U) << 3;
    }
    return fchmod(file, mode) == 0;
}

static int open_temporary(struct whole_file *whole, const struct place *place) {
    if (place->exists && !may_overwrite(whole->name)) {
        return -1;
    }
    /* What is to be read by few must not be readable by all until its mode is set. */
    const int file = create_temporary(whole, place->exists ? 0600 : 0666);
    if (file >= 0 && place->exists && !take_after(file, &place->info)) {
        drop(file);
        (void)unlink(whole->temporary);
        return -1;
    }
    return file;
}

/* What is there is written as it is: a descriptor of ours goes on where it stands. */
static int open_passing(const char *path, const struct place *place) {
    if (S_ISDIR(place->info.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    return place->descriptor >= 0 ? fcntl(place->descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                                  : open(path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY);
}

static int open_place(struct whole_file *whole, const char *path, struct place *place) {
    if (whole->fresh && place->exists) {
        errno = EEXIST;
        return -1;
    }
    whole->name = place->name;
    place->name = NULL;
    return place->passing ? open_passing(path, place) : open_temporary(whole, place);
}

static bool open_file(struct whole_file *whole, const char *path) {
    struct place place;
    int file = place_find(path, &place) ? open_place(whole, path, &place) : -1;
    const int error = errno;
    place_done(&place);
    errno = error;
    whole->file = file >= 0 ? fdopen(file, "w") : NULL;
    if (whole->file != NULL) {
        return true;
    }
    if (file >= 0) {
        drop(file);
        whole_file_remove(whole);
    } else {
        whole_file_leave(whole);
    }
    return false;
}

bool whole_file_open(struct whole_file *whole, const char *path) {
    *whole = (struct whole_file){0};
    return open_file(whole, path);
}

bool whole_file_open_fresh(struct whole_file *whole, const char *path) {
    *whole = (struct whole_file){.fresh = true};
    return open_file(whole, path);
}

bool whole_file_close(struct whole_file *whole) {
    CHECK(whole->file != NULL);
    bool good = ferror(whole->file) == 0 && fflush(whole->file) == 0;
    good = good && (whole->temporary == NULL || fsync(fileno(whole->file)) == 0);
    const int error = errno;
    const bool closed = fclose(whole->file) == 0;
    whole->file = NULL;
    errno = good ? errno : error;
    return good && closed;
}

/* Gives it a name that nobody has, in one step. False: errno is ENOSYS or EINVAL where the system
 * or the file system knows no such step. */
static bool rename_fresh(const char *from, const char *to) {
#ifdef SYS_renameat2
    enum { NO_REPLACE = 1 };
    return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, NO_REPLACE) == 0;
#else
    (void)from, (void)to;
    errno = ENOSYS;
    return false;
#endif
}

/* Gives it a name that nobody has: in one step, else by a link, else by taking the name first. */
static bool take_name(const struct whole_file *whole) {
    if (rename_fresh(whole->temporary, whole->name)) {
        return true;
    }
    if (errno != ENOSYS && errno != EINVAL) {
        return false;
    }
    if (link(whole->temporary, whole->name) == 0) {
        (void)unlink(whole->temporary); /* at worst it has two names */
        return true;
    }
    if (errno == EEXIST) {
        return false;
    }
    const int taken = open(whole->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (taken < 0) {
        return false;
    }
    close(taken);
    return rename(whole->temporary, whole->name) == 0;
}

/* So that the name outlives a power cut. Not every file system knows that, or lets us ask. */
static void settle_folder(const char *name) {
    char folder[4096];
    const char *slash = strrchr(name, '/');
    const int length = slash == NULL ? 0 : (int)(slash - name) + 1;
    if (snprintf(folder, sizeof folder, "%.*s.", length, name) < (int)sizeof folder) {
        const int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (file >= 0) {
            (void)fsync(file);
            close(file);
        }
    }
}

bool whole_file_publish(struct whole_file *whole) {
    CHECK(whole->file == NULL);
    if (whole->temporary == NULL) {
        return true;
    }
    if (whole->fresh ? !take_name(whole) : rename(whole->temporary, whole->name) != 0) {
        return false;
    }
    settle_folder(whole->name);
    free(whole->temporary);
    whole->temporary = NULL;
    return true;
}

void whole_file_leave(struct whole_file *whole) {
    const int error = errno;
    free(whole->name);
    free(whole->temporary);
    *whole = (struct whole_file){0};
    errno = error;
}

void whole_file_remove(struct whole_file *whole) {
    const int error = errno;
    if (whole->file != NULL) {
        (void)fclose(whole->file);
    }
    if (whole->temporary != NULL) {
        (void)unlink(whole->temporary);
    }
    whole_file_leave(whole);
    errno = error;
}
