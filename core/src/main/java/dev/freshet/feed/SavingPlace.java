package dev.freshet.feed;

import dev.freshet.saved.SavedFile;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a feed saves what it holds.
 *
 * @param cluster asks which cluster it is, which may take a request and fail as one; empty where
 *     that cannot be told for certain
 */
public record SavingPlace(SavedFile file, Supplier<Optional<String>> cluster) {}
