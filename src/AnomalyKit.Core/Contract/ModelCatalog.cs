namespace AnomalyKit.Persistence;

/// <summary>The kinds of detectors and transforms that a program can load. Nothing registers itself: what is not listed is not loaded.</summary>
/// <remarks>Immutable and thread-safe. The package AnomalyKit brings a catalog of all its detectors: <c>DetectorFile.Catalog</c>.</remarks>
public sealed class ModelCatalog
{
    private static readonly TransformFormat[] CoreTransforms =
    [
        new(IdentityTransform.KindName, IdentityTransform.Read),
        new(ColumnScaling.KindName, ColumnScaling.Read),
        WhiteningTransform.Format,
    ];

    private readonly Dictionary<string, DetectorFormat> _detectors;
    private readonly Dictionary<string, TransformFormat> _transforms;

    /// <summary>Lists kinds. The transforms of the core package are always included.</summary>
    /// <param name="detectors">The detectors, no kind twice.</param>
    /// <param name="transforms">Transforms of other packages, no kind twice.</param>
    /// <exception cref="ArgumentException">A kind is listed twice.</exception>
    public ModelCatalog(IEnumerable<DetectorFormat> detectors, IEnumerable<TransformFormat>? transforms = null)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        _detectors = detectors.ToDictionary(format => format.Kind, StringComparer.Ordinal);
        _transforms = CoreTransforms.Concat((transforms ?? []).Where(IsOther)).ToDictionary(format => format.Kind, StringComparer.Ordinal);
    }

    /// <summary>A catalog without detectors, with the transforms of the core package.</summary>
    public static ModelCatalog Empty { get; } = new([]);

    /// <summary>The kinds of detectors in this catalog.</summary>
    public IEnumerable<string> DetectorKinds => _detectors.Keys;

    /// <summary>The kinds of transforms in this catalog.</summary>
    public IEnumerable<string> TransformKinds => _transforms.Keys;

    /// <summary>Adds detectors to this catalog.</summary>
    /// <param name="detectors">The further detectors, of kinds not yet in it.</param>
    /// <returns>A new catalog.</returns>
    /// <exception cref="ArgumentException">A kind is listed already.</exception>
    public ModelCatalog With(params IEnumerable<DetectorFormat> detectors) => new(_detectors.Values.Concat(detectors), OtherTransforms());

    /// <summary>Adds transforms to this catalog.</summary>
    /// <param name="transforms">The further transforms, of kinds not yet in it.</param>
    /// <returns>A new catalog.</returns>
    /// <exception cref="ArgumentException">A kind is listed already.</exception>
    public ModelCatalog With(params IEnumerable<TransformFormat> transforms) => new(_detectors.Values, OtherTransforms().Concat(transforms));

    /// <summary>Loads a detector from a file. Runs no code from it and checks every length before it allocates.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, of a kind that is not in this catalog, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IAnomalyDetector Load(string path) => ModelPath.Read(path, Load);

    /// <summary>Loads a detector from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, of a kind that is not in this catalog, or of a newer format.</exception>
    public IAnomalyDetector Load(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var contents = ModelContents.Read(source);
        var reader = new ModelReader(contents);
        if (reader.HasPart("preparation"))
            throw new ModelFormatException("The model file holds a detector behind a preparation of tables. Load it with TableDetector.Load, or DetectorFile.LoadTableDetector.");
        var detector = ReadDetector(reader);
        contents.ThrowIfUntaken();
        return detector;
    }

    /// <summary>Reads a detector that is kept in a part of a file.</summary>
    /// <param name="reader">The part.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ModelFormatException">It cannot be read.</exception>
    public IAnomalyDetector ReadDetector(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var (kind, frame) = FrameFormat.Read(reader, this);
        if (!_detectors.TryGetValue(kind, out var format))
        {
            throw new ModelFormatException(
                $"The model file holds a detector of kind '{kind}'; this catalogue knows: {string.Join(", ", _detectors.Keys.Order(StringComparer.Ordinal))}. "
                + "Load it with a catalogue that lists this kind.");
        }

        return format.Read(reader.Scope("model"), frame, this);
    }

    internal bool Lists(string detectorKind) => _detectors.ContainsKey(detectorKind);

    internal FeatureTransform ReadTransform(ModelReader reader)
    {
        string kind = reader.GetString("kind");
        if (!_transforms.TryGetValue(kind, out var format))
        {
            throw new ModelFormatException(
                $"The model file holds a transform of kind '{kind}'; this catalogue knows: {string.Join(", ", _transforms.Keys.Order(StringComparer.Ordinal))}. "
                + "Load it with a catalogue that lists this kind.");
        }

        try
        {
            return format.Read(reader);
        }
        catch (ArgumentException exception)
        {
            throw ModelReader.FormatError($"its transform of kind '{kind}' cannot be built", exception);
        }
    }

    private IEnumerable<TransformFormat> OtherTransforms() => _transforms.Values.Where(IsOther);

    // Listing a transform that is there already is no mistake: programs did so before the core package had it.
    private static bool IsOther(TransformFormat format) => !Array.Exists(CoreTransforms, core => core.Kind == format.Kind);
}
