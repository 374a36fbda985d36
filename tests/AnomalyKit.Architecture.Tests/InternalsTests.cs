using System.Reflection;
using System.Runtime.CompilerServices;

namespace AnomalyKit.Architecture.Tests;

/// <summary>Packages ship separately, so none may see another's internals: mixed versions would break at run time. One that depends on the very version (<c>PinsProjectReferences</c>) may.</summary>
public sealed class InternalsTests
{
    internal const string Rule = "internals";

    [Fact]
    public void No_package_opens_its_internals_to_another()
    {
        var found =
            from package in House.Packages
            from attribute in House.AssemblyOf(package).GetCustomAttributes<InternalsVisibleToAttribute>()
            let friend = new AssemblyName(attribute.AssemblyName).Name
            where friend is not null && House.Packages.Contains(friend) && !IsPinned(friend)
            select ($"{package} to {friend}", "make what is needed public, or move it; packages of different versions meet.");
        KnownViolations.AssertOnly(Rule, found);
    }

    private static bool IsPinned(string package) =>
        System.Xml.Linq.XDocument.Load(Path.Combine(House.FolderOf(package), package + ".csproj")).Descendants("PinsProjectReferences").Any(property => property.Value == "true");
}
