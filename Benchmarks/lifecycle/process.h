// What the system counts of processes.
#pragma once

// CPU seconds that a process and its children, those that ended too, have used so far, user and system. 0 when there is
// no such process.
double process_cpu(int pid);
double own_cpu(void);
long process_resident_kilobytes(int pid);
