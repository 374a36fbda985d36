using System.Reflection;
using System.Runtime.CompilerServices;

namespace AnomalyKit.Architecture.Tests;

/// <summary>Packages ship separately, so none may see another's internals: mixed versions would break at run time.</summary>
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
            where House.Packages.Contains(friend)
            select ($"{package} to {friend}", "make what is needed public, or move it; packages of different versions meet.");
        KnownViolations.AssertOnly(Rule, found);
    }
}
