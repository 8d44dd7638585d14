// What Swift's Glibc module leaves out. Do not define _GNU_SOURCE here: types would then differ from Glibc's.
#include <linux/stat.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <netinet/tcp.h>

int accept4(int, struct sockaddr *, socklen_t *, int);
int pthread_setname_np(unsigned long, const char *);
int malloc_trim(size_t);
int sync_file_range(int, off_t, off_t, unsigned int);
int unshare(int);
int statx(int, const char *, int, unsigned int, struct statx *);
