using System.Reflection;

namespace AnomalyKit.Architecture.Tests;

/// <summary>Arrows between packages point one way (docs/design.md, Rooms): detectors and Ensemble know Core and never each other.</summary>
public sealed class PackageArrowTests
{
    private static readonly string[] Detectors =
    [
        "AnomalyKit.Autoencoder", "AnomalyKit.EllipticEnvelope", "AnomalyKit.IsolationForest", "AnomalyKit.LocalOutlierFactor", "AnomalyKit.OneClassSvm",
    ];

    /// <summary>The packages that each package may know, and the libraries of others besides the runtime's.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["AnomalyKit.Core"] = ["Sylvan.Data.Csv", "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.Autoencoder"] = ["AnomalyKit.Core", "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.EllipticEnvelope"] = ["AnomalyKit.Core", "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.IsolationForest"] = ["AnomalyKit.Core", "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.LocalOutlierFactor"] = ["AnomalyKit.Core", "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.OneClassSvm"] = ["AnomalyKit.Core", "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.Ensemble"] = ["AnomalyKit.Core", "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.Autoencoder.Torch"] = ["AnomalyKit.Core", "AnomalyKit.Autoencoder", "TorchSharp"],
        ["AnomalyKit.Parquet"] = ["AnomalyKit.Core", "ParquetSharp"],
        ["AnomalyKit.Arrow"] = ["AnomalyKit.Core", "Apache.Arrow", "Apache.Arrow.Compression"],
        ["AnomalyKit.Monitoring"] = ["AnomalyKit.Core", "MathNet.Numerics", "OxyPlot"],
        ["AnomalyKit.Reports"] = ["AnomalyKit.Core", "OxyPlot"],
        ["AnomalyKit"] = ["AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors],
        ["AnomalyKit.Batch"] = ["AnomalyKit", "AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors, "AnomalyKit.Parquet", "AnomalyKit.Arrow"],
        ["AnomalyKit.Extensions"] = ["AnomalyKit", "AnomalyKit.Core", "AnomalyKit.Monitoring", "Microsoft.Extensions.*"],
        ["AnomalyKit.AspNetCore"] = ["AnomalyKit.Extensions", "AnomalyKit.Core", "AnomalyKit.Monitoring", "System.Numerics.Tensors", "Microsoft.Extensions.*", "Microsoft.AspNetCore.*"],
        ["AnomalyKit.AspNetCore.Grpc"] = ["AnomalyKit.AspNetCore", "AnomalyKit.Extensions", "AnomalyKit.Core", "System.Numerics.Tensors", "Microsoft.Extensions.*", "Microsoft.AspNetCore.*", "Google.Protobuf", "Grpc.*"],
        ["AnomalyKit.Tracking"] = ["AnomalyKit", "AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors, "AnomalyKit.Reports", "Microsoft.Data.Sqlite"],
        ["AnomalyKit.Tuning"] = ["AnomalyKit", "AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors, "AnomalyKit.Tracking", "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.Onnx"] = ["AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors, "Google.Protobuf"],
        ["AnomalyKit.ML"] = ["AnomalyKit", "AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors, "AnomalyKit.Feedback", "Microsoft.ML.*"],
        ["AnomalyKit.Feedback"] = ["AnomalyKit", "AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors, "System.Numerics.Tensors", "MathNet.Numerics"],
        ["AnomalyKit.Dashboard"] =
            ["AnomalyKit", "AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors, "AnomalyKit.Batch", "AnomalyKit.Extensions", "AnomalyKit.Feedback", "AnomalyKit.Monitoring", "AnomalyKit.Reports", "AnomalyKit.Tracking", "MudBlazor", "Microsoft.Extensions.*", "Microsoft.AspNetCore.*", "Microsoft.JSInterop", "Microsoft.Net.Http.Headers"],
        ["AnomalyKit.ContractTests"] =
            ["AnomalyKit", "AnomalyKit.Core", "AnomalyKit.Ensemble", .. Detectors, "System.Numerics.Tensors", "xunit.assert", "xunit.core", "xunit.abstractions"],
    };

    public static TheoryData<string> PackageNames => House.PackageNames;

    [Fact]
    public void Every_package_is_looked_at() => Assert.Equal(House.Packages, Allowed.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void An_assembly_refers_to_what_its_package_may_know(string package)
    {
        // The compiler lists here every assembly of which any type or member is used, in signatures and in bodies.
        foreach (var reference in House.AssemblyOf(package).GetReferencedAssemblies())
            Assert.True(IsOfTheRuntime(reference) || MayKnow(package, reference.Name!), $"{package} refers to {reference.Name}, which docs/design.md does not let it know.");
    }

    [Theory]
    [MemberData(nameof(PackageNames))]
    public void A_project_refers_to_what_its_package_may_know(string package)
    {
        // A reference that no type uses is a dependency of the package all the same.
        var project = System.Xml.Linq.XDocument.Load(Path.Combine(House.FolderOf(package), package + ".csproj"));
        foreach (var reference in project.Descendants("ProjectReference"))
        {
            string name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));
            Assert.True(Allowed[package].Contains(name), $"{package}.csproj refers to {name}, which docs/design.md does not let it know.");
        }
    }

    private static bool MayKnow(string package, string name) =>
        Array.Exists(Allowed[package], allowed => allowed.EndsWith('*') ? name.StartsWith(allowed[..^1], StringComparison.Ordinal) : name == allowed);

    private static bool IsOfTheRuntime(AssemblyName reference)
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return File.Exists(Path.Combine(folder, reference.Name + ".dll")) && Assembly.Load(reference).Location.StartsWith(folder, StringComparison.Ordinal);
    }
}
