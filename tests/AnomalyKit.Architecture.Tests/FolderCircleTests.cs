namespace AnomalyKit.Architecture.Tests;

/// <summary>No two folders of a package know each other, directly or through others: each can be read without what stands on it.</summary>
public sealed class FolderCircleTests
{
    internal const string Rule = "circle";

    public static TheoryData<string> PackageNames => House.PackageNames;

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void The_sources_are_understood(string package) => Assert.Empty(PackageSources.Of(package).Errors.Take(5));

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Folders_of_a_package_form_no_circle(string package)
    {
        var arrows = PackageSources.Of(package).Arrows();
        var edges = arrows.Select(arrow => arrow.Key).ToArray();
        var found = Circles.Of(edges).Select(circle => Describe(circle, arrows)).ToArray();
        KnownViolations.AssertOnly(
            Rule, found.Length == 0 ? [] : [(package, "folders that know each other: " + string.Join("; ", found))], what => what == package);
    }

    [Fact]
    public void Circles_are_found_through_other_folders_too()
    {
        Assert.Equal([["a", "b", "c"], ["x", "y"]], Circles.Of([("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "x"), ("c", "x"), ("p", "q")]));
        Assert.Empty(Circles.Of([("a", "b"), ("b", "c"), ("a", "c")]));
    }

    private static string Describe(IReadOnlyList<string> circle, ILookup<(string From, string To), string> arrows) => string.Join(", ",
        from arrow in arrows
        where circle.Contains(arrow.Key.From) && circle.Contains(arrow.Key.To)
        select $"{arrow.Key.From} → {arrow.Key.To} ({string.Join(' ', arrow.Order(StringComparer.Ordinal).Take(4))})");
}
