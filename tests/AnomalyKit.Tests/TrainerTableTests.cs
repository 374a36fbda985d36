using System.Reflection;

namespace AnomalyKit.Tests;

/// <summary>The table of options is written by hand: here it is compared with the trainers.</summary>
public sealed class TrainerTableTests
{
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["EnsembleTrainer.Members"] = "members have options of their own, by name; to change who is in takes code",
    };

    public static TheoryData<IDetectorTrainer> Trainers => [.. All];

    private static IDetectorTrainer[] All =>
    [
        new IsolationForestTrainer(), new EllipticEnvelopeTrainer(), new OneClassSvmTrainer(), new NearestNeighborsTrainer(), new LocalOutlierFactorTrainer(), new AutoencoderTrainer(),
        new EnsembleTrainer { Members = [new("one", new IsolationForestTrainer())] },
    ];

    [Fact]
    public void Every_trainer_of_the_package_is_looked_at()
    {
        var found = new[] { typeof(IsolationForestTrainer), typeof(EllipticEnvelopeTrainer), typeof(OneClassSvmTrainer), typeof(NearestNeighborsTrainer), typeof(AutoencoderTrainer), typeof(EnsembleTrainer) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => !type.IsAbstract && typeof(IDetectorTrainer).IsAssignableFrom(type));
        Assert.Equal(found.Select(type => type.Name).Distinct().Order(), All.Select(trainer => trainer.GetType().Name).Order());
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Every_property_that_can_be_set_is_an_option(IDetectorTrainer trainer)
    {
        string type = trainer.GetType().Name;
        var properties = trainer.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && !LeftOut.ContainsKey($"{type}.{property.Name}"))
            .Select(property => property.Name);
        var options = TrainerOptions.Read(trainer).Select(option => option.Name).Where(name => !name.Contains('.', StringComparison.Ordinal));
        Assert.Equal(properties.Order(), options.Order());
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Defaults_are_those_of_a_new_trainer_and_are_read_back(IDetectorTrainer trainer)
    {
        Assert.All(TrainerOptions.Read(trainer), option =>
        {
            Assert.Equal(option.Default, option.Value);
            Assert.True(option.HasText);
            Assert.EndsWith(".", option.Description, StringComparison.Ordinal);
            Assert.NotEmpty(option.Allowed);
            Assert.Equal(trainer, TrainerOptions.With(trainer, option.Name, option.Value));
        });
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Null_is_allowed_where_the_property_says_so(IDetectorTrainer trainer)
    {
        var nullability = new NullabilityInfoContext();
        Assert.All(TrainerOptions.Read(trainer).Where(option => trainer.GetType().GetProperty(option.Name) is not null), option =>
        {
            bool isNullable = nullability.Create(trainer.GetType().GetProperty(option.Name)!).ReadState == NullabilityState.Nullable;
            Assert.Equal(isNullable, option.Allowed.EndsWith(", or null", StringComparison.Ordinal));
            if (isNullable)
                Assert.Null(trainer.GetType().GetProperty(option.Name)!.GetValue(TrainerOptions.With(trainer, option.Name, "null")));
        });
    }

    /// <summary>The ends that the table states are the last values that the trainers take.</summary>
    [Theory]
    [MemberData(nameof(Trainers))]
    public void Ranges_in_the_table_are_the_trainers_own(IDetectorTrainer trainer)
    {
        foreach (var option in TrainerOptions.Read(trainer).Where(option => !option.Name.EndsWith("Seed", StringComparison.Ordinal)))
        {
            string[] words = option.Allowed.Replace(",", string.Empty, StringComparison.Ordinal).Replace(" or null", string.Empty, StringComparison.Ordinal).Split(' ');
            if (words is not (["from", _, "to", _] or ["at", "least", _] or ["above", _] or ["above", _, "at", "most", _]))
                continue;
            double[] ends = [.. words.Where(word => char.IsDigit(word[0])).Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
            bool isOpen = words[0] == "above";
            foreach (double end in ends)
            {
                double step = trainer.GetType().GetProperty(option.Name)?.PropertyType is { } type && (type == typeof(double) || type == typeof(double?)) || option.Name.EndsWith("Weight", StringComparison.Ordinal) ? Math.Max(end, 1e-3) * 1e-6 : 1;
                bool isLower = end == ends[0];
                if (isLower && isOpen)
                    Assert.Throws<ArgumentException>(() => Set(end));
                else
                    Set(end);
                Assert.Throws<ArgumentException>(() => Set(isLower ? end - step : end + step));
                Set(isLower ? end + step : end - step);
            }

            void Set(double value) => TrainerOptions.With(trainer, option.Name, value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
