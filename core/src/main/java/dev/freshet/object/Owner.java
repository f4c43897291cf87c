package dev.freshet.object;

/**
 * The controlling owner of an object: its {@code ownerReferences} entry with {@code controller}.
 */
public record Owner(String kind, String name, String uid) {}
