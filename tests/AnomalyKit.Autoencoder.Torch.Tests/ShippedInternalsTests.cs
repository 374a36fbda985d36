using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace AnomalyKit.Autoencoder.Torch.Tests;

/// <summary>
/// Packages are versioned by those who reference them, so a package that uses another's internals breaks where the versions differ. Only programs of this repository that
/// are not shipped may see internals.
/// </summary>
public sealed class ShippedInternalsTests
{
    [Fact]
    public void No_package_opens_its_internals_to_another_package()
    {
        string[] projects = Directory.GetFiles(Sources(), "*.csproj", SearchOption.AllDirectories);
        // One that depends on the very version of what it sees into cannot meet another.
        var shipped = projects.Where(project => !XDocument.Load(project).Descendants("PinsProjectReferences").Any(property => property.Value == "true"))
            .Select(project => Path.GetFileNameWithoutExtension(project)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Contains("AnomalyKit.Core", shipped);
        Assert.Contains("AnomalyKit.Autoencoder.Torch", shipped);
        var opened =
            from project in projects
            from friend in XDocument.Load(project).Descendants("InternalsVisibleTo")
            let name = ((string?)friend.Attribute("Include") ?? string.Empty).Split(',')[0].Trim()
            where shipped.Contains(name)
            select $"{Path.GetFileName(project)} opens its internals to {name}";
        Assert.Empty(opened);
    }

    [Fact]
    public void No_source_of_a_package_opens_internals_by_attribute() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
        file => File.ReadAllText(file).Contains("assembly: InternalsVisibleTo", StringComparison.Ordinal));

    [Fact]
    public void The_built_autoencoder_does_not_know_TorchSharp_s_trainer()
    {
        var friends = typeof(AutoencoderTrainer).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName).ToArray();
        Assert.Contains("AnomalyKit.Autoencoder.Torch.Tests", friends);
        Assert.DoesNotContain("AnomalyKit.Autoencoder.Torch", friends);
    }

    private static string Sources()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AnomalyKit.sln")))
                return Path.Combine(folder.FullName, "src");
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds AnomalyKit.sln.");
    }
}
