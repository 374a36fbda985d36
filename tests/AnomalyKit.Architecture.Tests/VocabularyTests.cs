using System.Reflection;

namespace AnomalyKit.Architecture.Tests;

/// <summary>One name for one thing: no public name of a package uses a word that docs/vocabulary.md replaces.</summary>
public sealed class VocabularyTests
{
    internal const string Rule = "vocabulary";
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // The names of its laws are sentences.
    public static TheoryData<string> PackageNames => [.. House.Packages.Where(package => package != "AnomalyKit.ContractTests")];

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void Public_names_use_the_words_of_the_vocabulary(string package)
    {
        var types = House.AssemblyOf(package).GetExportedTypes();
        var found =
            from entry in types.SelectMany(Names).Distinct()
            from banned in Vocabulary.Banned
            where banned.Hits(entry.Name)
            select ($"{package}: {entry.Where}", $"'{entry.Name}' uses `{banned.Pattern}`; docs/vocabulary.md says {banned.Instead}.");
        KnownViolations.AssertOnly(Rule, found.DistinctBy(violation => violation.Item1), what => what.StartsWith(package + ":", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_bans_what_it_says()
    {
        Assert.True(Vocabulary.Banned.Count > 10);
        var banned = Vocabulary.Read(["| Not | But | Why | Except |", "| --- | --- | --- | --- |", "| `Most…` | `Max…` | | |", "| `…Share` | `…Fraction` | | `MarketShare` |", "| `Outlier` | anomaly | | `LocalOutlier…` |"]).ToArray();
        Assert.Equal(["Most…", "…Share", "Outlier"], banned.Select(word => word.Pattern));
        string[] hit = ["MostLayers", "heldOutShare", "OutlierCount", "isOutlier"];
        string[] free = ["Most", "AtMost", "Utmost", "share", "Shared", "MarketShare", "LocalOutlierFactorTrainer", "LocalOutlier", "Layers"];
        Assert.All(hit, name => Assert.Contains(banned, word => word.Hits(name)));
        Assert.All(free, name => Assert.DoesNotContain(banned, word => word.Hits(name)));
    }

    [Fact]
    public void Names_are_taken_apart_at_capitals_and_digits() => Assert.Equal(["roc", "auc", "at", "f", "1", "io"], Vocabulary.Words("RocAucAtF1IO"));

    private static IEnumerable<(string Where, string Name)> Names(Type type)
    {
        string typeName = (type.FullName ?? type.Name).Split('`')[0];
        yield return (typeName, type.Name.Split('`')[0]);
        foreach (var member in type.GetMembers(Declared).Where(IsVisible))
        {
            if (member is MethodBase { IsSpecialName: false, Name: not "Deconstruct" } or ConstructorInfo)
            {
                foreach (var parameter in ((MethodBase)member).GetParameters())
                    yield return ($"{typeName}.{member.Name}({parameter.Name})", parameter.Name!);
            }

            if (member is not ConstructorInfo and not MethodInfo { IsSpecialName: true } && !member.Name.Contains('<') && !member.Name.Contains('.'))
                yield return ($"{typeName}.{member.Name}", member.Name);
        }
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo => true,
        _ => false,
    };
}
