using System.Reflection;
using System.Text;
using SkiaSharp;

namespace AnomalyKit.Samples.CreditCard.Reporting.Pictures;

/// <summary>The font Inter (SIL Open Font License 1.1), taken from the resources of the package Avalonia.Fonts.Inter (MIT).</summary>
/// <remarks>
/// Machines without any font are common (containers, build agents), and SkiaSharp then draws pictures without their text. With a font of its own the
/// sample draws the same pictures everywhere. The package's library is neither referenced nor run: it lies beside the program as a file, whose resource
/// is read. The resource is a list of (path, offset, size) before the files themselves.
/// </remarks>
internal static class BundledFont
{
    /// <summary>The family's name.</summary>
    public const string Family = "Inter";

    private const string Library = "Avalonia.Fonts.Inter.dll";
    private const string Resource = "!AvaloniaResources";

    /// <summary>The normal weight, or null where the library is missing.</summary>
    public static SKTypeface? Normal { get; } = Load("/Assets/Inter-Regular.ttf");

    /// <summary>The bold weight, or null where the library is missing.</summary>
    public static SKTypeface? Bold { get; } = Load("/Assets/Inter-SemiBold.ttf");

    private static SKTypeface? Load(string asset)
    {
        string path = Path.Combine(AppContext.BaseDirectory, Library);
        if (!File.Exists(path))
            return null;
        using var resource = Assembly.LoadFile(path).GetManifestResourceStream(Resource);
        if (resource is null)
            return null;
        using var reader = new BinaryReader(resource, Encoding.UTF8);
        int indexLength = reader.ReadInt32();
        _ = reader.ReadInt32();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            int offset = reader.ReadInt32();
            int size = reader.ReadInt32();
            if (name != asset)
                continue;
            resource.Position = sizeof(int) + indexLength + offset;
            using var data = SKData.CreateCopy(reader.ReadBytes(size));
            return SKTypeface.FromData(data);
        }

        return null;
    }
}
