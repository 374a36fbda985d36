using System.Reflection;
using AnomalyKit.ContractTests.Hostile;
using Xunit.Sdk;

namespace AnomalyKit.ContractTests.Support;

/// <summary>Runs a theory of a contract class once for every detector of its list, by name: on every shape of data, with every scaling, with every kind of transform, with every mutation, or once.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryDetectorAttribute(Over over = Over.Nothing) : DataAttribute
{
    public Over Over { get; } = over;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        var listType = testMethod.DeclaringType!.GenericTypeArguments[0];
        var list = (IDetectorList)Activator.CreateInstance(listType)!;
        foreach (var detector in list.Detectors)
        {
            if (Over == Over.Nothing)
            {
                yield return [detector.Name];
                continue;
            }

            IEnumerable<string> names = Over switch
            {
                Over.Shapes => DataShape.All.Where(shape => shape.Rows >= detector.MinRows).Select(shape => shape.Name),
                Over.Scalings => Scalings.All.Keys,
                Over.Transforms => Scalings.Kinds.Keys,
                _ => Enum.GetNames<Mutation>(),
            };
            foreach (string name in names)
                yield return [detector.Name, name];
        }
    }
}

/// <summary>What a theory is repeated over, besides the detectors.</summary>
internal enum Over
{
    Nothing,
    Shapes,
    Scalings,
    Transforms,
    Mutations,
}
