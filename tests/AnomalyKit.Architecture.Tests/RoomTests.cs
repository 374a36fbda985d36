namespace AnomalyKit.Architecture.Tests;

/// <summary>
/// Where types lie. In a detector package the public ones are flat in its folder, in Options/ (small leaf types that internals need) or in a folder of
/// their family (a public abstract base and its kinds); everything internal lies below Internals/. Core's public types lie in folders by concept.
/// </summary>
public sealed class RoomTests
{
    internal const string Rule = "room";
    private const string Root = "(root)";

    public static TheoryData<string> PackageNames => House.PackageNames;

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Internals_hold_nothing_public(string package) => AssertOnly(
        $"{package} Internals",
        PackageSources.Of(package).TopLevelTypes().Where(type => IsInternal(type.Folder) && type.IsPublic),
        "public below Internals/; move it to the package's folder, to Options/ or to its family");

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void The_root_holds_nothing_internal(string package) => AssertOnly(
        $"{package} root",
        PackageSources.Of(package).TopLevelTypes().Where(type => type.Folder == Root && !type.IsPublic),
        "internal in the package's folder; move it below Internals/");

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Options_hold_public_types_only(string package) => AssertOnly(
        $"{package} Options",
        PackageSources.Of(package).TopLevelTypes().Where(type => type.Folder == "Options" && !type.IsPublic),
        "internal in Options/; move it below Internals/");

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Every_other_folder_is_one_that_users_meet(string package) => AssertOnly(
        $"{package} folders",
        PackageSources.Of(package).TopLevelTypes()
            .Where(type => type.Folder != Root && !IsInternal(type.Folder))
            .GroupBy(type => type.Folder)
            .Where(folder => !folder.Any(type => type.IsPublic))
            .SelectMany(folder => folder),
        "in a folder without any public type; move the folder below Internals/");

    private static bool IsInternal(string folder) => folder.Split('/').Contains("Internals");

    private static void AssertOnly(string what, IEnumerable<(string Folder, string Name, bool IsPublic, bool IsAbstract)> types, string message)
    {
        string[] names = [.. types.Select(type => $"{type.Folder}/{type.Name}").Distinct().Order(StringComparer.Ordinal)];
        KnownViolations.AssertOnly(Rule, names.Length == 0 ? [] : [(what, $"{message}: {string.Join(", ", names)}")], entry => entry == what);
    }
}
