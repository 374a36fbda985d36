// Draws what five detectors make of six small data sets of two columns: docs/pictures/detectors.png.
// usage, in this folder: dotnet run -c Release detectors.cs
#:project ../../src/AnomalyKit/AnomalyKit.csproj
#:package ScottPlot
#:property PublishAot=false
using AnomalyKit;
using AnomalyKit.Numerics;
using SkiaSharp;

const int Panel = 250, Gap = 14, Left = 150, Top = 60;
const double Share = 0.04;

(string Name, IDetectorTrainer Trainer)[] detectors =
[
    ("isolation forest", new IsolationForestTrainer { TreeCount = 300, Threshold = ThresholdRule.Contamination(Share) }),
    ("elliptic envelope", new EllipticEnvelopeTrainer { Threshold = ThresholdRule.Contamination(Share) }),
    ("one-class SVM", new OneClassSvmTrainer { Nu = 0.1, Kernel = SvmKernel.Rbf(KernelGamma.OverColumns), Scaling = FeatureScaling.Standard, Threshold = ThresholdRule.Contamination(Share) }),
    ("local outlier factor", new LocalOutlierFactorTrainer { Neighbors = 25, Threshold = ThresholdRule.Contamination(Share) }),
    ("nearest neighbours", new NearestNeighborsTrainer { Neighbors = 10, Threshold = ThresholdRule.Contamination(Share) }),
];
(string Name, Func<Toy, (double X, double Y)> Point)[] sets =
[
    ("one cloud", toy => toy.Normal(0, 0, 1, 1)),
    ("a tilted cloud", toy => { var (x, y) = toy.Normal(0, 0, 1, 1); return (x + (0.2 * y), (0.95 * x) - (0.25 * y)); }),
    ("two clouds, one dense", toy => toy.Next() < 0.5 ? toy.Normal(-2.5, -1, 0.25, 0.25) : toy.Normal(2, 1, 1.1, 1.1)),
    ("three clusters", toy => (toy.Next() * 3) switch { < 1 => toy.Normal(-3, -2, 0.5, 0.5), < 2 => toy.Normal(0, 2.5, 0.5, 0.5), _ => toy.Normal(3, -2, 0.5, 0.5) }),
    ("a ring", toy => { double angle = toy.Next() * 2 * Math.PI; double radius = 3 + (0.25 * toy.Gauss()); return (radius * Math.Cos(angle), radius * Math.Sin(angle)); }),
    ("two moons", toy =>
    {
        double angle = toy.Next() * Math.PI;
        bool upper = toy.Next() < 0.5;
        double x = upper ? (2 * Math.Cos(angle)) - 1 : 1 - (2 * Math.Cos(angle));
        double y = upper ? (2 * Math.Sin(angle)) - 0.5 : 0.5 - (2 * Math.Sin(angle));
        return (x + (0.15 * toy.Gauss()), y + (0.15 * toy.Gauss()));
    }),
];

int width = Left + (detectors.Length * (Panel + Gap)), height = Top + (sets.Length * (Panel + Gap));
using var surface = SKSurface.Create(new SKImageInfo(width, height));
var canvas = surface.Canvas;
canvas.Clear(SKColors.White);
using var face = SKTypeface.FromFamilyName("DejaVu Sans");
using var font = new SKFont(face, 19);
using var ink = new SKPaint { Color = SKColor.Parse("#222222"), IsAntialias = true };
for (int d = 0; d < detectors.Length; d++)
    canvas.DrawText(detectors[d].Name, Left + (d * (Panel + Gap)) + (Panel / 2), Top - 18, SKTextAlign.Center, font, ink);
for (int s = 0; s < sets.Length; s++)
{
    float middle = Top + (s * (Panel + Gap)) + (Panel / 2);
    string[] words = sets[s].Name.Replace(", ", ",\n", StringComparison.Ordinal).Replace("three ", "three\n", StringComparison.Ordinal).Split('\n');
    for (int w = 0; w < words.Length; w++)
        canvas.DrawText(words[w], Left - 12, middle + (26 * (w - ((words.Length - 1) / 2f))), SKTextAlign.Right, font, ink);
    var rows = Toy.Rows(sets[s].Point, seed: (ulong)s + 1);
    for (int d = 0; d < detectors.Length; d++)
        Draw(rows, detectors[d].Trainer, Left + (d * (Panel + Gap)), Top + (s * (Panel + Gap)));
}

using var image = surface.Snapshot();
using var png = image.Encode(SKEncodedImageFormat.Png, 100);
File.WriteAllBytes("detectors.png", png.ToArray());
Console.WriteLine($"detectors.png: {width} x {height}");

// The darker, the stranger, by rank among the panel's places; the rows that are flagged are rings.
void Draw(float[] rows, IDetectorTrainer trainer, int left, int top)
{
    const int Cells = 125;
    const float Reach = 5;
    var detector = trainer.Fit(FeatureMatrix.Wrap(rows, 2));
    var places = new float[Cells * Cells * 2];
    for (int i = 0; i < Cells * Cells; i++)
        (places[2 * i], places[(2 * i) + 1]) = ((((i % Cells) + 0.5f) / Cells * 2 * Reach) - Reach, Reach - (((i / Cells) + 0.5f) / Cells * 2 * Reach));
    float[] scores = detector.Score(FeatureMatrix.Wrap(places, 2));
    float[] sorted = [.. scores.Order()];
    using var paint = new SKPaint();
    const float Side = (float)Panel / Cells;
    for (int i = 0; i < scores.Length; i++)
    {
        double rank = Math.Abs(Array.BinarySearch(sorted, scores[i])) / (double)sorted.Length;
        bool strange = scores[i] > detector.Threshold;
        byte light = (byte)(255 - (70 * rank) - (strange ? 25 : 0));
        paint.Color = strange ? new SKColor(light, (byte)Math.Max(light - 25, 0), (byte)Math.Max(light - 40, 0)) : new SKColor((byte)(light - 15), (byte)(light - 5), 255);
        canvas.DrawRect(left + (i % Cells * Side), top + (i / Cells * Side), Side + 0.5f, Side + 0.5f, paint);
    }

    canvas.Save();
    canvas.ClipRect(SKRect.Create(left, top, Panel, Panel));
    using var dot = new SKPaint { Color = SKColor.Parse("#0072B2"), IsAntialias = true };
    using var ring = new SKPaint { Color = SKColor.Parse("#D55E00"), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 2.2f };
    for (int i = 0; i < rows.Length; i += 2)
    {
        float x = left + ((rows[i] + Reach) / (2 * Reach) * Panel), y = top + ((Reach - rows[i + 1]) / (2 * Reach) * Panel);
        if (detector.IsAnomaly(rows.AsSpan(i, 2)))
            canvas.DrawCircle(x, y, 4, ring);
        else
            canvas.DrawCircle(x, y, 1.6f, dot);
    }

    canvas.Restore();
    using var frame = new SKPaint { Color = SKColor.Parse("#BBBBBB"), Style = SKPaintStyle.Stroke };
    canvas.DrawRect(left, top, Panel, Panel, frame);
}

/// <summary>Random points, the same in every run.</summary>
internal sealed class Toy(ulong seed)
{
    private CounterRandom _random = new(seed, 0);

    public static float[] Rows(Func<Toy, (double X, double Y)> point, ulong seed)
    {
        var toy = new Toy(seed);
        var rows = new List<float>();
        for (int i = 0; i < 480; i++)
        {
            var (x, y) = point(toy);
            rows.AddRange([(float)x, (float)y]);
        }

        // One row in twenty-five lies anywhere.
        for (int i = 0; i < 20; i++)
            rows.AddRange([(float)((9 * toy.Next()) - 4.5), (float)((9 * toy.Next()) - 4.5)]);
        return [.. rows];
    }

    public double Next() => _random.NextDouble();

    public double Gauss() => _random.NextGaussian();

    public (double X, double Y) Normal(double x, double y, double width, double height) => (x + (width * Gauss()), y + (height * Gauss()));
}
