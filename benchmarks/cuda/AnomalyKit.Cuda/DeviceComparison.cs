using System.Diagnostics;
using System.Globalization;

namespace AnomalyKit.Cuda;

/// <summary>Trains on two devices and compares.</summary>
/// <param name="device">The device beside the CPU.</param>
/// <param name="threads">LibTorch's threads on the CPU.</param>
/// <param name="size">The share of the rows.</param>
internal sealed class DeviceComparison(TorchDevice device, int threads, double size)
{
    // With one batch per epoch the order of the rows does not matter: what differs is rounding.
    private const double SameWeights = 1e-3;

    // With many batches each device shuffles by itself, as another seed does: twice what two seeds differ by is added to what is allowed.
    private const double SameLoss = 0.1;
    private const double SameAuc = 0.02;

    public bool Run(TextWriter output)
    {
        bool agree = RunOneBatch(output);
        output.WriteLine();
        output.WriteLine("| network | rows | trained on | first fit, s | fit, s | rows per second and epoch | last loss | ROC AUC on new rows |");
        output.WriteLine("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var network in ComparedNetwork.All)
            agree &= RunNetwork(network, output);
        output.WriteLine();
        output.WriteLine(agree ? "The devices agree." : "THE DEVICES DISAGREE: see above.");
        return agree;
    }

    /// <summary>All rows in one batch: the same steps on both devices, but for rounding.</summary>
    private bool RunOneBatch(TextWriter output)
    {
        var network = new ComparedNetwork(64, 4096, 10, 4096, [128, 32, 128]);
        var (data, _) = LatentRows.Create(network.Rows, network.Columns, seed: 1);
        var (fresh, _) = LatentRows.Create(2000, network.Columns, seed: 2);
        float[] Scores(AutoencoderEngine engine) => (network.Trainer(engine, 1) with { ValidationFraction = 0 }).Fit(data).Score(fresh);
        float[] managed = Scores(new ManagedEngine());
        double cpu = Largest(managed, Scores(Engine(TorchDevice.Cpu)));
        double other = Largest(managed, Scores(Engine(device)));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network.Epochs} steps over one batch of {network.Rows:N0} rows, {network.Name}: scores of 2,000 new rows differ from those of the managed engine by at most {cpu:E1} of themselves (cpu) and {other:E1} ({device})."));
        return cpu <= SameWeights && other <= SameWeights;
    }

    private bool RunNetwork(ComparedNetwork network, TextWriter output)
    {
        int rows = Math.Max(network.BatchSize, (int)(network.Rows * size));
        var (data, _) = LatentRows.Create(rows, network.Columns, seed: 1);
        var (fresh, labels) = LatentRows.Create(20_000, network.Columns, seed: 2);
        var cpu = Measure("cpu", Engine(TorchDevice.Cpu), seed: 1);
        var seed = Measure("cpu, another seed", Engine(TorchDevice.Cpu), seed: 2);
        var other = Measure($"{device}", Engine(device), seed: 1);
        bool agree = Math.Abs(other.Loss - cpu.Loss) <= (SameLoss * cpu.Loss) + (2 * Math.Abs(seed.Loss - cpu.Loss))
            && Math.Abs(other.Auc - cpu.Auc) <= SameAuc + (2 * Math.Abs(seed.Auc - cpu.Auc));
        if (!agree)
            output.WriteLine($"| {network.Name} | | **{device} and cpu disagree** | | | | | |");
        return agree;

        (double Loss, double Auc) Measure(string name, TorchEngine engine, ulong seed)
        {
            var trainer = network.Trainer(engine, seed);
            var watch = Stopwatch.StartNew();
            // The first fit on a device also starts it.
            (trainer with { MaxEpochs = 1 }).Fit(data);
            double first = watch.Elapsed.TotalSeconds;
            watch.Restart();
            var detector = trainer.Fit(data);
            double seconds = watch.Elapsed.TotalSeconds;
            double loss = detector.History[^1].Loss;
            double auc = DetectionMetrics.RocAuc(labels, detector.Score(fresh));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {network.Name} | {rows:N0} | {name} | {first:F1} | {seconds:F1} | {(double)rows * network.Epochs / seconds:N0} | {loss:F4} | {auc:F4} |"));
            output.Flush();
            return (loss, auc);
        }
    }

    private TorchEngine Engine(TorchDevice where) => new() { Device = where, CpuThreads = threads };

    private static double Largest(float[] expected, float[] actual) => expected.Zip(actual, (one, two) => Math.Abs(one - two) / Math.Abs((double)one)).Max();
}
