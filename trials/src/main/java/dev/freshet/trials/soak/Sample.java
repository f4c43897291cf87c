package dev.freshet.trials.soak;

/**
 * What the process held at one moment, while nobody wrote and all caches were equal to etcd.
 *
 * @param atSeconds since the soak began
 * @param heapBytes in use after a collection
 * @param platformThreads those of the operating system, carriers of virtual ones included
 * @param virtualThreads all that have not ended
 * @param sockets open ones; a connection through the proxy has three, since all ends but the API
 *     server's are in this process
 * @param descriptors open files, pipes and selectors
 * @param faults how many had struck
 * @param reads how many reads had been answered
 * @param writes how many writes had been acknowledged
 */
public record Sample(
    double atSeconds,
    long heapBytes,
    long platformThreads,
    long virtualThreads,
    long sockets,
    long descriptors,
    long faults,
    long reads,
    long writes) {}
